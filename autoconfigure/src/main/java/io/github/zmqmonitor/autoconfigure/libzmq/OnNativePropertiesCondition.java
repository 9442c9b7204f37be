package io.github.zmqmonitor.autoconfigure.libzmq;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether any property of the receiver is set: if not, nothing of it has to be loaded. A
 * bad value is reported even without an endpoint.
 */
class OnNativePropertiesCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean any = Binder.get(context.getEnvironment())
			.bind("zmq.monitor.native", Bindable.mapOf(String.class, String.class))
			.isBound();
		return new ConditionOutcome(any, ConditionMessage.of("zmq.monitor.native: %s", any ? "set" : "not set"));
	}

}
