package io.github.zmqmonitor.metrics;

/**
 * Meters that are removed together.
 */
interface Removable {

	void remove();

}
