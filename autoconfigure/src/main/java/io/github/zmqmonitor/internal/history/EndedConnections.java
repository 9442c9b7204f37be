package io.github.zmqmonitor.internal.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.EndedConnection;
import org.jspecify.annotations.Nullable;

/**
 * The last connections of a socket that have ended, in arrays that grow to the capacity
 * and then are reused: I/O threads allocate nothing here. Guarded by the tracker of the
 * socket.
 */
public final class EndedConnections {

	private static final int CAPACITY = 64;

	private static final int INITIAL_CAPACITY = 4;

	private static final long RECENT = TimeUnit.MINUTES.toNanos(1);

	private static final long SHORT = TimeUnit.SECONDS.toNanos(5);

	private @Nullable String[] endpoints = {};

	private @Nullable Object[] remotes = {};

	private @Nullable Progress[] progress = {};

	private boolean[] accepted = {};

	private @Nullable EndReason[] reasons = {};

	private @Nullable PeerDetails[] details = {};

	private long[] begins = {};

	private long[] ends = {};

	private long count;

	/**
	 * Add a connection.
	 * @param endpoint the endpoint as the application wrote it
	 * @param accepted whether a listener had accepted it
	 * @param progress how far it came
	 * @param remote the address of the peer, as a text or not
	 * @param since when it was established, in nanoseconds of the monitor's clock
	 * @param now when it ended
	 */
	public void add(String endpoint, boolean accepted, Progress progress, @Nullable Object remote, long since, long now,
			@Nullable EndReason reason, @Nullable PeerDetails details) {
		if (this.count == this.ends.length && this.ends.length < CAPACITY) {
			grow();
		}
		int index = (int) (this.count++ % this.ends.length);
		this.endpoints[index] = endpoint;
		this.accepted[index] = accepted;
		this.progress[index] = progress;
		this.remotes[index] = remote;
		this.reasons[index] = reason;
		this.details[index] = details;
		this.begins[index] = since;
		this.ends[index] = now;
	}

	private void grow() {
		int length = Math.min(CAPACITY, Math.max(INITIAL_CAPACITY, this.ends.length * 2));
		this.endpoints = Arrays.copyOf(this.endpoints, length);
		this.accepted = Arrays.copyOf(this.accepted, length);
		this.progress = Arrays.copyOf(this.progress, length);
		this.remotes = Arrays.copyOf(this.remotes, length);
		this.reasons = Arrays.copyOf(this.reasons, length);
		this.details = Arrays.copyOf(this.details, length);
		this.begins = Arrays.copyOf(this.begins, length);
		this.ends = Arrays.copyOf(this.ends, length);
	}

	/** Return the connections, the one that ended last first. */
	public List<EndedConnection> snapshot(MonitorClock clock) {
		List<EndedConnection> connections = new ArrayList<>();
		for (long i = this.count - 1; i >= Math.max(0, this.count - this.ends.length); i--) {
			connections.add(describe((int) (i % this.ends.length), clock));
		}
		return connections;
	}

	/**
	 * Return the connections that have ended within the last minute and lived for less
	 * than 5 seconds.
	 */
	public List<ShortConnection> shortLived(long now) {
		List<ShortConnection> connections = new ArrayList<>(0);
		for (int i = 0; i < Math.min(this.count, this.ends.length); i++) {
			String endpoint = this.endpoints[i];
			Progress progress = this.progress[i];
			if (endpoint != null && progress != null && now - this.ends[i] < RECENT
					&& this.ends[i] - this.begins[i] < SHORT) {
				connections.add(new ShortConnection(endpoint, this.accepted[i], progress, this.reasons[i]));
			}
		}
		return connections;
	}

	private EndedConnection describe(int index, MonitorClock clock) {
		PeerDetails seen = this.details[index];
		String endpoint = this.endpoints[index];
		return new EndedConnection((endpoint != null) ? endpoint : "", Addresses.text(this.remotes[index]),
				(seen != null) ? seen.type() : null, (seen != null) ? seen.identity() : null,
				(seen != null) ? seen.user() : null, clock.instantAt(this.begins[index]),
				clock.instantAt(this.ends[index]),
				Duration.ofMillis((this.ends[index] - this.begins[index]) / 1_000_000), this.reasons[index],
				(seen != null) ? seen.messages() : null);
	}

}
