package io.github.zmqmonitor.internal.jeromq;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.diagnostics.SocketFacts.Exchange;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.internal.traffic.TrafficTracker;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.SocketPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Watches whether the requests of a REQ or REP get their replies. Nothing is known of the
 * time between two looks, except that no message has passed if none was counted. Safe for
 * use by any thread.
 */
final class ExchangeWatch {

	static final Set<String> TYPES = Set.of("REQ", "REP");

	private static final long REQUESTED = TimeUnit.SECONDS.toNanos(10);

	private static final long RECEIVED = TimeUnit.MINUTES.toNanos(1);

	private final SocketBase base;

	private final boolean requests;

	private final TrafficTracker traffic;

	private final MonitorClock clock;

	private @Nullable Wait wait;

	private long since;

	private @Nullable Object channel;

	private boolean lost;

	/**
	 * Create a watch.
	 * @param type the type of the socket, one of {@link #TYPES}
	 */
	ExchangeWatch(SocketBase base, String type, TrafficTracker traffic, MonitorClock clock) {
		this.base = base;
		this.requests = "REQ".equals(type);
		this.traffic = traffic;
		this.clock = clock;
	}

	/**
	 * Look where the socket stands, once its messages have been counted.
	 * @return what is wrong, {@code null} if nothing is known to be
	 */
	synchronized @Nullable Exchange look() {
		long now = this.clock.nanoTime();
		Wait wait = current();
		if (wait == null || !wait.equals(this.wait)) {
			this.wait = wait;
			this.since = now;
			this.channel = null;
			this.lost = false;
		}
		if (wait == null) {
			return null;
		}
		if (!this.requests) {
			return (now - this.since > RECEIVED) ? Exchange.REPLY_OWED : null;
		}
		this.lost |= isLost(wait) && wait.equals(current());
		return (this.lost && now - this.since > REQUESTED) ? Exchange.REPLY_LOST : null;
	}

	/**
	 * What the socket waits for or owes, {@code null} for nothing and if that isn't
	 * known.
	 */
	private @Nullable Wait current() {
		Object pipe = SocketWalk.requestPipe(this.base);
		if (!SocketWalk.isWithoutReply(this.base) || this.traffic.view(false) == null) {
			return null;
		}
		TrafficTotals counted = this.traffic.latest();
		return new Wait(counted.sent, counted.received, pipe,
				(pipe != null) ? SocketWalk.counts((Pipe) pipe).written() : 0);
	}

	/**
	 * Whether the request has left its queue, no reply is in the other, and the
	 * connection that it went over has ended. The connection is looked at last: what is
	 * seen is no older than the request's way.
	 */
	private boolean isLost(Wait wait) {
		if (wait.pipe == null) {
			return true;
		}
		PipeCounts counts = SocketWalk.counts((Pipe) wait.pipe);
		if (counts.sent().size() > 0 || counts.received().size() > 0 || !SocketWalk.isOfSession(wait.pipe)) {
			return false;
		}
		SocketPicture picture = SocketWalk.read(this.base);
		if (picture == null) {
			return false;
		}
		Object ready = readyChannel(picture, wait.pipe);
		if (this.channel == null) {
			this.channel = ready;
		}
		return ready == null || ready != this.channel;
	}

	private static @Nullable Object readyChannel(SocketPicture picture, Object pipe) {
		for (ConnectionPicture connection : picture.connections().values()) {
			if (connection.pipe() == pipe && connection.ready()) {
				return connection.channel();
			}
		}
		return null;
	}

	/**
	 * A request without its reply. Two that are equal are the same one.
	 *
	 * @param sent messages that the socket has sent
	 * @param received messages that the socket has received
	 * @param pipe the pipe that the request of a REQ went into, {@code null} once that
	 * has ended
	 * @param written messages written into it
	 */
	private record Wait(long sent, long received, @Nullable Object pipe, long written) {

	}

}
