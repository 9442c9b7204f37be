package io.github.zmqmonitor.internal.instrument;

/**
 * A call of the application that begins or ends an endpoint of a socket.
 */
public enum EndpointCall {

	/**
	 * {@code SocketBase.bind(String)}.
	 */
	BIND,

	/**
	 * {@code SocketBase.connect(String)} or {@code SocketBase.connectPeer(String)}.
	 */
	CONNECT,

	/**
	 * {@code SocketBase.termEndpoint(String)}, which is both {@code unbind} and
	 * {@code disconnect}.
	 */
	TERMINATE

}
