package io.github.zmqmonitor.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches when a property is true, in each way that it can be written ({@code on},
 * {@code yes}, {@code 1}). A value that is neither true nor false is refused, while
 * Spring Boot's own condition would take it for false.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSwitchCondition.class)
@interface ConditionalOnSwitch {

	/**
	 * The name of the property.
	 * @return the name
	 */
	String name();

	/**
	 * What applies if it is not set.
	 * @return whether to match
	 */
	boolean byDefault();

}
