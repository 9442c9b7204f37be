package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Says which connection an event of a handshake is about where the event does not. It is
 * certain only while at most one connection of the endpoint waits for its handshake, and
 * never again, until all have ended, once two did: then the newest that waits is taken,
 * so that their number is right. Guarded by the {@link SocketTracker}.
 */
final class HandshakeMatcher {

	private List<Connection> waiting = List.of();

	private boolean uncertain;

	void expect(Connection connection) {
		if (this.waiting.isEmpty()) {
			this.waiting = new ArrayList<>(1);
		}
		else {
			this.uncertain = true;
		}
		this.waiting.add(connection);
	}

	/** A greeting has come. */
	void greeted(int zmtp) {
		Connection connection = newest();
		if (connection == null) {
			this.uncertain = true;
		}
		else if (!this.uncertain) {
			connection.greeted(zmtp);
		}
	}

	/**
	 * The connection that a handshake is most likely about, {@code null} if none waits.
	 */
	@Nullable Connection newest() {
		return this.waiting.isEmpty() ? null : this.waiting.get(this.waiting.size() - 1);
	}

	/**
	 * A connection waits no longer.
	 * @param live how many connections the endpoint has
	 */
	void over(Connection connection, int live) {
		this.waiting.remove(connection);
		if (live == 0) {
			this.uncertain = false;
		}
	}

}
