package io.github.zmqmonitor.internal.instrument;

/**
 * A step of an attempt to connect.
 */
public enum ConnectStep {

	/** The name of the host is resolved. */
	RESOLVE,

	/** A channel is opened and begins to connect. */
	BEGIN,

	/** The answer is waited for. */
	FINISH

}
