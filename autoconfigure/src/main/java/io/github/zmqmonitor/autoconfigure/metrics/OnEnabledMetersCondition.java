package io.github.zmqmonitor.autoconfigure.metrics;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code management.metrics.enable} leaves any meter of ours: if not, nothing has
 * to be bound.
 */
class OnEnabledMetersCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Boolean> enabled = Binder.get(context.getEnvironment())
			.bind("management.metrics.enable", Bindable.mapOf(String.class, Boolean.class))
			.orElse(Map.of());
		boolean any = enabled.getOrDefault("zmq", true) || enabled.entrySet()
			.stream()
			.anyMatch((entry) -> entry.getKey().startsWith("zmq.") && entry.getValue());
		return new ConditionOutcome(any,
				ConditionMessage.of("management.metrics.enable: %s", any ? "not all disabled" : "zmq is disabled"));
	}

}
