package io.github.zmqmonitor.events;

/**
 * A line of the log.
 *
 * @param level how much it matters
 * @param subject the endpoint of a socket name that it is about
 * @param kind what is the same in repeated lines
 * @param text the line
 */
record LogLine(LogLevel level, String subject, String kind, String text) {

	String key() {
		return this.subject + '\n' + this.kind;
	}

}
