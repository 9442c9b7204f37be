package io.github.zmqmonitor.internal.state;

import java.net.SocketAddress;

import io.github.zmqmonitor.internal.history.Progress;
import io.github.zmqmonitor.internal.kernel.KernelConnection;
import io.github.zmqmonitor.internal.kernel.TcpReading;
import io.github.zmqmonitor.internal.kernel.TcpTuple;
import io.github.zmqmonitor.internal.history.PeerDetails;
import io.github.zmqmonitor.internal.rules.TrackedChannel;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection from its first event to its end. Guarded by the {@link SocketTracker},
 * unless a method says otherwise.
 */
public final class Connection {

	private final Object channel;

	private volatile EndpointTracker endpoint;

	private final @Nullable SocketAddress remote;

	private final @Nullable SocketAddress local;

	private final long since;

	private @Nullable String remoteText;

	private @Nullable String localText;

	private volatile byte zmtp = -1;

	private volatile boolean ready;

	private volatile boolean everReady;

	private long readySince;

	private boolean located;

	private boolean settled;

	private boolean leaving;

	private boolean doubtful;

	private long outage = -1;

	private volatile @Nullable EndReason endReason;

	private @Nullable PeerDetails details;

	private volatile @Nullable String identity;

	private volatile @Nullable TcpReading tcp;

	private long socketNumber;

	private long bytesSent;

	private long bytesReceived;

	private boolean uncounted;

	/**
	 * A connection that has begun.
	 * @param located whether it is sure which endpoint it came through
	 */
	Connection(Object channel, EndpointTracker endpoint, boolean located, long since) {
		this.channel = channel;
		this.endpoint = endpoint;
		this.located = located;
		this.remote = Addresses.remote(channel);
		this.local = Addresses.local(channel);
		this.since = since;
	}

	/** The channel, whose identity is the key. Safe for use by any thread. */
	public Object channel() {
		return this.channel;
	}

	/**
	 * The endpoint that it came through, as far as is known by now. Safe for use by any
	 * thread.
	 */
	public EndpointTracker endpoint() {
		return this.endpoint;
	}

	/**
	 * When it was established, in nanoseconds of the monitor's clock. Safe for use by any
	 * thread.
	 */
	public long since() {
		return this.since;
	}

	/** Whether a listener has accepted it. Safe for use by any thread. */
	public boolean isAccepted() {
		return this.endpoint.role() == ZmqEndpointRole.BIND;
	}

	/** Whether it can be used. Safe for use by any thread. */
	public boolean isReady() {
		return this.ready;
	}

	void becomeReady(long now) {
		this.ready = true;
		this.everReady = true;
		this.readySince = now;
	}

	/** It was taken for ready and is not. */
	void becomeUnready() {
		this.ready = false;
		this.outage = -1;
	}

	/** It ends before it was sure that it was ready. */
	void doubt() {
		this.doubtful = true;
	}

	/**
	 * It has ended an outage of so many nanoseconds, if it is ready, which may not be
	 * sure yet.
	 */
	void endsOutage(long nanoseconds) {
		this.outage = nanoseconds;
	}

	/** Whether it has ended an outage that was not measured yet. */
	boolean isOutageOwed() {
		return this.outage >= 0;
	}

	/**
	 * Take the nanoseconds of the outage that it has ended, negative if it has ended none
	 * or they were taken before.
	 */
	long takeOutage() {
		long nanoseconds = this.outage;
		this.outage = -1;
		return nanoseconds;
	}

	long readySince() {
		return this.readySince;
	}

	/** Whether its endpoint is sure. */
	boolean isLocated() {
		return this.located;
	}

	void locate() {
		this.located = true;
	}

	/** Whether the library's own objects agree on its endpoint and that it is ready. */
	boolean isSettled() {
		return this.settled;
	}

	void settle() {
		this.settled = true;
	}

	/** It is of another endpoint than it was taken for. */
	void belongsTo(EndpointTracker endpoint) {
		this.endpoint = endpoint;
	}

	/** Why it ended, {@code null} if that isn't known. Safe for use by any thread. */
	public @Nullable EndReason endReason() {
		return this.endReason;
	}

	void endsBecause(EndReason reason, @Nullable PeerDetails seen) {
		this.endReason = reason;
		if (seen != null) {
			seen(seen);
		}
	}

	/**
	 * What was last seen of its peer, {@code null} if nothing was.
	 */
	@Nullable PeerDetails details() {
		return this.details;
	}

	void seen(PeerDetails details) {
		this.details = details;
		if (this.identity == null) {
			this.identity = details.chosenIdentity();
		}
	}

	/**
	 * The identity that its peer has chosen, {@code null} if none is known.
	 */
	@Nullable String identity() {
		return this.identity;
	}

	/** Its peer has told its identity. Safe for use by any thread. */
	public void identified(String identity) {
		this.identity = identity;
	}

	/**
	 * What the kernel tells it by, {@code null} if that isn't known. Safe for use by any
	 * thread.
	 */
	public @Nullable TcpTuple tuple() {
		return TcpTuple.of(this.local, this.remote);
	}

	/**
	 * What the kernel last said of it, {@code null} if that isn't known. Safe for use by
	 * any thread.
	 */
	public @Nullable TcpReading tcp() {
		return this.tcp;
	}

	/**
	 * The kernel has said something of it, {@code null} for nothing. Its bytes never get
	 * fewer: then it is another connection, of a port that is used again.
	 * @param totals the numbers of its endpoint
	 */
	void measured(@Nullable KernelConnection kernel, EndpointTotals totals, long now) {
		TcpReading reading = null;
		boolean counted = false;
		if (kernel != null && (this.socketNumber == 0 || this.socketNumber == kernel.inode())) {
			this.socketNumber = kernel.inode();
			reading = TcpReading.of(kernel, this.tcp, now);
			Long sent = kernel.bytesSent(isAccepted());
			Long received = kernel.bytesReceived();
			if (sent != null && received != null) {
				counted = true;
				totals.addBytes(Math.max(0, sent - this.bytesSent), Math.max(0, received - this.bytesReceived));
				this.bytesSent = Math.max(this.bytesSent, sent);
				this.bytesReceived = Math.max(this.bytesReceived, received);
			}
		}
		last(reading, !counted, totals);
	}

	/** It is of its endpoint no more. */
	void unmeasured(EndpointTotals totals) {
		last(null, false, totals);
	}

	private void last(@Nullable TcpReading reading, boolean uncounted, EndpointTotals totals) {
		totals.addReading(this.tcp, this.uncounted, -1);
		this.tcp = reading;
		this.uncounted = uncounted;
		totals.addReading(reading, uncounted, 1);
	}

	/**
	 * The address of the peer in whatever form it is known, without making a text of it.
	 */
	@Nullable Object remoteAddress() {
		return (this.channel instanceof TrackedChannel outside) ? outside.remote() : this.remote;
	}

	/** Whether the application has given it up. */
	boolean isLeaving() {
		return this.leaving;
	}

	void leave(boolean leaving) {
		this.leaving = leaving;
	}

	boolean isOpen() {
		return TrackedChannel.isOpen(this.channel);
	}

	long age(long now) {
		return now - this.since;
	}

	/**
	 * The address of the peer as text, made when it is first asked for. Safe for use by
	 * any thread.
	 */
	public @Nullable String remote() {
		String text = this.remoteText;
		if (text == null) {
			text = (this.channel instanceof TrackedChannel outside) ? outside.remote()
					: Addresses.hostAndPort(this.remote);
			this.remoteText = text;
		}
		return text;
	}

	/**
	 * The address of this side as text, made when it is first asked for. Safe for use by
	 * any thread.
	 */
	public @Nullable String local() {
		String text = this.localText;
		if (text == null) {
			text = (this.channel instanceof TrackedChannel outside) ? outside.local()
					: Addresses.hostAndPort(this.local);
			this.localText = text;
		}
		return text;
	}

	void greeted(int zmtp) {
		this.zmtp = (byte) zmtp;
	}

	/**
	 * Whether the peer has greeted with ZMTP, as every client of ZeroMQ does and no
	 * probe. Safe for use by any thread.
	 */
	public boolean isGreeted() {
		return this.zmtp > 0 || (this.zmtp < 0 && this.everReady);
	}

	/**
	 * How far it has come.
	 */
	Progress progress() {
		return !isGreeted() ? Progress.OPEN : (this.ready || this.doubtful) ? Progress.READY : Progress.GREETED;
	}

	/**
	 * The ZMTP version, {@code null} if it can't be told. Safe for use by any thread.
	 */
	public @Nullable String zmtp() {
		byte version = this.zmtp;
		return (version > 0) ? Byte.toString(version) : null;
	}

}
