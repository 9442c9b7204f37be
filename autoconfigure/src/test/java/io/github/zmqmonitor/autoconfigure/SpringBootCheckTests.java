package io.github.zmqmonitor.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Continuous integration starts a real application on Spring Boot 3 as well.
 */
class SpringBootCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "2.7.18", "3.0.0", "3.5.16" })
	void oldVersionsAreRefusedWithTheVersionsThatAreSupported(String version) {
		assertThatExceptionOfType(UnsupportedSpringBootException.class).isThrownBy(() -> SpringBootCheck.check(version))
			.satisfies((ex) -> {
				FailureAnalysis analysis = new UnsupportedSpringBootFailureAnalyzer()
					.analyze(new IllegalStateException(ex));
				assertThat(analysis.getDescription()).contains("Spring Boot 4.0 or later", version);
				assertThat(analysis.getAction()).contains("4.0 or 4.1");
			});
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "4.0.0", "4.1.2", "4.2.0-SNAPSHOT", "5.0.0", "10.0.0", "", "unknown" })
	void otherVersionsPass(String version) {
		assertThatNoException().isThrownBy(() -> SpringBootCheck.check(version));
	}

}
