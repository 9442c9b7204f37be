package io.github.zmqmonitor.internal.history;

/**
 * How far a connection came.
 */
public enum Progress {

	/** No greeting came. */
	OPEN,

	/** The peer has greeted, and the handshake was never over. */
	GREETED,

	/** The connection could be used. */
	READY

}
