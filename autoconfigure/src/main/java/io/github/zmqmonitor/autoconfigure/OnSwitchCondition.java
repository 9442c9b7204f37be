package io.github.zmqmonitor.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The condition of {@link ConditionalOnSwitch}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
class OnSwitchCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MergedAnnotation<ConditionalOnSwitch> annotation = metadata.getAnnotations().get(ConditionalOnSwitch.class);
		String name = annotation.getString("name");
		boolean on = context.getEnvironment().getProperty(name, Boolean.class, annotation.getBoolean("byDefault"));
		return new ConditionOutcome(on,
				ConditionMessage.forCondition(ConditionalOnSwitch.class).because(name + " is " + on));
	}

}
