package io.github.zmqmonitor.internal.rules;

import io.github.zmqmonitor.model.ZmqEventType;

/**
 * How the events of a socket are to be read: the libraries differ.
 *
 * @param values what the numbers of events mean
 * @param maximumAdopted how many endpoints can be known from events alone
 * @param readiness the event that says that a connection is ready to use
 * @param reportsNames whether an event carries the name of a host until a connection is
 * lost, and the address from then on
 * @param reportsAllCloses whether CLOSED is also reported for descriptors that are
 * neither listeners nor attempts
 */
public record SocketRules(EventValues values, int maximumAdopted, ZmqEventType readiness, boolean reportsNames,
		boolean reportsAllCloses) {

	/** Plain JeroMQ: nothing is reported after the greeting of a peer. */
	public static final SocketRules GREETING = new SocketRules(EventValues.JEROMQ, 16, ZmqEventType.HANDSHAKE_PROTOCOL,
			false, false);

	/** JeroMQ whose own objects report when a connection is ready. */
	public static final SocketRules READY = new SocketRules(EventValues.JEROMQ, 16, ZmqEventType.HANDSHAKE_SUCCEEDED,
			false, false);

	/**
	 * Whether events leave open whose they are and when a connection is ready. The
	 * library's own objects can say both when they are looked at.
	 */
	public boolean isVague() {
		return this.readiness == ZmqEventType.HANDSHAKE_PROTOCOL;
	}

	/** The rules of libzmq. */
	public static SocketRules libzmq(EventValues values) {
		return new SocketRules(values, 100, ZmqEventType.HANDSHAKE_SUCCEEDED, true, true);
	}

}
