package io.github.zmqmonitor.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Stops an application on a Spring Boot where half the features would silently be
 * missing. As a condition it comes before anything that an old Spring Boot could stumble
 * over, and after the conditions that switch monitoring off. It uses only what Spring
 * Boot has had since 2.0.
 */
class SpringBootCheck implements Condition {

	private static final int OLDEST = 4;

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		check(SpringBootVersion.getVersion());
		return true;
	}

	/**
	 * Check a version; one that can't be read passes.
	 * @throws UnsupportedSpringBootException if it is too old
	 */
	static void check(@Nullable String version) {
		if (version != null && major(version) < OLDEST) {
			throw new UnsupportedSpringBootException(version);
		}
	}

	private static int major(String version) {
		try {
			return Integer.parseInt(version.substring(0, Math.max(0, version.indexOf('.'))));
		}
		catch (NumberFormatException ex) {
			return OLDEST;
		}
	}

}
