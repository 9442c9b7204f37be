package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Tells which connection a greeting belongs to. The event doesn't say so: it is certain
 * only while at most one connection of the endpoint has not been greeted, and never
 * again, until all have ended, once two were. Guarded by the {@link SocketTracker}.
 */
final class Greetings {

	private @Nullable Connection expected;

	private boolean uncertain;

	void expect(Connection connection) {
		if (this.expected != null) {
			this.uncertain = true;
		}
		this.expected = connection;
	}

	void arrived(int zmtp) {
		Connection connection = this.expected;
		if (connection == null) {
			this.uncertain = true;
		}
		else if (!this.uncertain) {
			connection.greeted(zmtp);
			this.expected = null;
		}
	}

	void closed(Connection connection, int live) {
		if (this.expected == connection) {
			this.expected = null;
		}
		if (live == 0) {
			this.expected = null;
			this.uncertain = false;
		}
	}

}
