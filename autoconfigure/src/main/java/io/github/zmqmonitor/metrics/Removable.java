package io.github.zmqmonitor.metrics;

/**
 * Meters that are removed together.
 */
interface Removable {

	/** No meters at all. */
	Removable NOTHING = () -> {
	};

	void remove();

}
