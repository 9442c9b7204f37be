package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The sockets that share name, type and origin, added up. What sockets have counted stays
 * when they are closed.
 * <p>
 * Safe for use by any thread; nothing here waits for a thread of JeroMQ or of the
 * application.
 */
public final class ZmqSocketGroup extends Group<SocketTracker> {

	private static final long SAMPLE_AGE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Key key;

	private final TrafficSample gone = new TrafficSample();

	private volatile @Nullable TrafficSample sample;

	private volatile long sampledAt;

	ZmqSocketGroup(Key key, MonitorClock clock) {
		super(clock);
		this.key = key;
	}

	/**
	 * Return the name of the sockets.
	 * @return the name, or {@code other} beyond the limit
	 */
	public String socket() {
		return this.key.socket();
	}

	/**
	 * Return the type of the sockets.
	 * @return the type in upper case
	 */
	public String socketType() {
		return this.key.socketType();
	}

	/**
	 * Return where the sockets live. Messages and queues are known of those in this JVM.
	 * @return the origin
	 */
	public ZmqOrigin origin() {
		return this.key.origin();
	}

	/**
	 * Return how many whole messages were sent, one to several peers counting for each.
	 * @return the number since the group exists
	 */
	public long messagesSent() {
		return sample().sent;
	}

	/**
	 * Return how many whole messages were received.
	 * @return the number since the group exists
	 */
	public long messagesReceived() {
		return sample().received;
	}

	/**
	 * Return how many messages wait in the queues outwards.
	 * @return the number of messages
	 */
	public long queueSizeSent() {
		return sample().sentQueues.size();
	}

	/**
	 * Return how many messages wait in the queues inwards.
	 * @return the number of messages
	 */
	public long queueSizeReceived() {
		return sample().receivedQueues.size();
	}

	/**
	 * Return the fullest queue outwards against its high-water mark.
	 * @return from 0 to 1; 0 where there is no high-water mark
	 */
	public double queueUtilizationSent() {
		return sample().sentQueues.utilization();
	}

	/**
	 * Return the fullest queue inwards against its high-water mark.
	 * @return from 0 to 1; 0 where there is no high-water mark
	 */
	public double queueUtilizationReceived() {
		return sample().receivedQueues.utilization();
	}

	/**
	 * Return how many queues outwards are at their high-water mark.
	 * @return the number of queues
	 */
	public int queuesFullSent() {
		return sample().sentQueues.full();
	}

	/**
	 * Return how many queues inwards are at their high-water mark.
	 * @return the number of queues
	 */
	public int queuesFullReceived() {
		return sample().receivedQueues.full();
	}

	private TrafficSample sample() {
		TrafficSample latest = this.sample;
		long now = clock().nanoTime();
		if (latest != null && now - this.sampledAt < SAMPLE_AGE) {
			return latest;
		}
		List<SocketTracker> members = members();
		members.forEach(SocketTracker::sampleTraffic);
		TrafficSample sample = new TrafficSample();
		synchronized (lock()) {
			sample.add(this.gone);
			members().forEach((member) -> sample.add(member.latestTraffic()));
			this.sample = sample;
			this.sampledAt = now;
		}
		return sample;
	}

	@Override
	void joined(SocketTracker member) {
		member.joined(this);
	}

	@Override
	boolean hasEnded(SocketTracker member) {
		return member.hasEnded();
	}

	@Override
	void keep(SocketTracker member) {
		TrafficSample last = member.latestTraffic();
		this.gone.addMessages(last.sent, last.received);
	}

	@Override
	void changed() {
		this.sample = null;
	}

	@Override
	boolean isUnused() {
		return this.gone.sent + this.gone.received == 0;
	}

	/**
	 * What the sockets of a group share.
	 */
	record Key(String socket, String socketType, ZmqOrigin origin) {

		// by hand, since what the compiler makes takes milliseconds of each start

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.socket.equals(key.socket) && this.socketType.equals(key.socketType)
					&& this.origin == key.origin;
		}

		@Override
		public int hashCode() {
			return 31 * this.socket.hashCode() + this.socketType.hashCode();
		}

	}

}
