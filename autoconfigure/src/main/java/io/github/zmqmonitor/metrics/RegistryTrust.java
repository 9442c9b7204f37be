package io.github.zmqmonitor.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Whether the timers of a registry are known not to block.
 */
final class RegistryTrust {

	private static final String MICROMETER = "io.micrometer.";

	private RegistryTrust() {
	}

	static boolean isMicrometersOwn(MeterRegistry registry) {
		if (registry instanceof CompositeMeterRegistry composite
				&& !composite.getRegistries().stream().allMatch(RegistryTrust::isMicrometersOwn)) {
			return false;
		}
		return registry.getClass().getName().startsWith(MICROMETER) || isBootsComposite(registry);
	}

	private static boolean isBootsComposite(MeterRegistry registry) {
		return registry instanceof CompositeMeterRegistry
				&& registry.getClass().getName().startsWith("org.springframework.boot.");
	}

}
