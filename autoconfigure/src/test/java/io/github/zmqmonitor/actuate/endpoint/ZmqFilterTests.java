package io.github.zmqmonitor.actuate.endpoint;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How parameters become filters.
 */
class ZmqFilterTests {

	@Test
	void absentAndEmptyParametersDoNotFilter() {
		assertThat(ZmqFilter.of(null, List.of(), List.of(""), List.of(" , "))).isEqualTo(ZmqFilter.NONE);
	}

	@Test
	void valuesAreSeparatedByCommasOrRepeated() {
		assertThat(ZmqFilter.of(List.of("retrying,Abandoned"), List.of("ROUTER", "sub,pub"), null, null)).isEqualTo(
				new ZmqFilter(List.of("retrying", "abandoned"), List.of("router", "sub", "pub"), List.of(), List.of()));
	}

	@Test
	void aNameCanHaveAComma() {
		assertThat(ZmqFilter.of(null, null, List.of("desk,eu"), null).names()).contains("desk", "eu", "desk,eu");
		assertThat(ZmqFilter.of(null, null, List.of("desk", "eu"), null).names()).contains("desk", "eu", "desk,eu");
	}

	@Test
	void oneUnknownValueIsEnoughToBeRefused() {
		assertThatExceptionOfType(UnknownFilterException.class)
			.isThrownBy(() -> ZmqFilter.of(List.of("retrying,broken"), null, null, null));
	}

}
