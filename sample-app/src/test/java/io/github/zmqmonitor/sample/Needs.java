package io.github.zmqmonitor.sample;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a test needs of the machine. Where it is missing the test is skipped, or fails if
 * {@code zmqmonitor.require-peers} says that everything has to be there.
 */
final class Needs {

	private Needs() {
	}

	static void that(boolean there, String what) {
		if (Boolean.getBoolean("zmqmonitor.require-peers")) {
			assertThat(there).as("required, but not there: " + what).isTrue();
		}
		Assumptions.assumeTrue(there, () -> "skipped: needs " + what);
	}

}
