package io.github.zmqmonitor.model;

/**
 * What became of a handshake, as far as events tell.
 */
public enum ZmqHandshake {

	/** JeroMQ has read a ZMTP greeting; security is still to come. */
	GREETED("greeted", "none"),

	/** The peer does not speak ZMTP: an HTTP probe, or garbage. */
	UNVERSIONED("unversioned", "none"),

	/** The handshake succeeded (never fired by JeroMQ 0.6). */
	SUCCEEDED("succeeded", "none"),

	/** The peer broke the protocol. */
	FAILED_PROTOCOL("failed", "protocol"),

	/** Authentication was refused. */
	FAILED_AUTH("failed", "auth"),

	/** The handshake failed for a reason that isn't told (never fired by JeroMQ 0.6). */
	FAILED_NO_DETAIL("failed", "no_detail");

	private final String outcome;

	private final String reason;

	ZmqHandshake(String outcome, String reason) {
		this.outcome = outcome;
		this.reason = reason;
	}

	/**
	 * Return the outcome.
	 * @return {@code greeted}, {@code unversioned}, {@code succeeded} or {@code failed}
	 */
	public String outcome() {
		return this.outcome;
	}

	/**
	 * Return the reason of a failure.
	 * @return {@code protocol}, {@code auth} or {@code no_detail}; {@code none} if it
	 * didn't fail
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return what became of a handshake.
	 * @param type the event
	 * @param value its value
	 * @return what it stands for
	 */
	public static ZmqHandshake of(ZmqEventType type, int value) {
		return switch (type) {
			case HANDSHAKE_SUCCEEDED -> SUCCEEDED;
			case HANDSHAKE_FAILED_PROTOCOL -> FAILED_PROTOCOL;
			case HANDSHAKE_FAILED_AUTH -> FAILED_AUTH;
			case HANDSHAKE_FAILED_NO_DETAIL -> FAILED_NO_DETAIL;
			default -> (value != 0) ? GREETED : UNVERSIONED;
		};
	}

}
