package io.github.zmqmonitor.events;

/**
 * How much something matters.
 */
enum LogLevel {

	WARN, INFO, DEBUG

}
