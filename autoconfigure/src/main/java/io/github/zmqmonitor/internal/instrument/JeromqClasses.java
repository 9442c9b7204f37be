package io.github.zmqmonitor.internal.instrument;

import java.util.List;

import static io.github.zmqmonitor.internal.instrument.MethodChanges.afterCall;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.afterField;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.around;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.atEntry;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.beforeCall;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.beforeReturn;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.beforeReturns;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.insteadOfCall;
import static io.github.zmqmonitor.internal.instrument.MethodChanges.relyUponLocal;

/**
 * What is changed in JeroMQ 0.6: cold places only, none that a message passes.
 */
final class JeromqClasses {

	private static final String SOCKET = "zmq/SocketBase";

	private static final String CONTEXT = "zmq/Ctx";

	private static final String ENGINE = "zmq/io/StreamEngine";

	private static final String CONNECTER = "zmq/io/net/tcp/TcpConnecter";

	private static final String LISTENER = "zmq/io/net/tcp/TcpListener";

	private static final String MECHANISM = "zmq/io/mechanism/Mechanism";

	private static final String SOCKET_TYPE = "Lzmq/SocketBase;";

	private static final String SESSION_TYPE = "Lzmq/io/SessionBase;";

	private static final String MECHANISM_TYPE = "Lzmq/io/mechanism/Mechanism;";

	private static final String CHANNEL_TYPE = "Ljava/nio/channels/SocketChannel;";

	private static final String OWN_TYPE = "Lzmq/Own;";

	private static final String TEXT = "Ljava/lang/String;";

	private static final String CONNECTION = "(" + SOCKET_TYPE + SESSION_TYPE + CHANNEL_TYPE + ")V";

	private static final String CHANNEL_EVENT = "(" + TEXT + "Ljava/nio/channels/SelectableChannel;)V";

	private static final String NUMBER_EVENT = "(" + TEXT + "I)V";

	private JeromqClasses() {
	}

	/**
	 * Return the changes, in the order in which the classes have to be defined. The
	 * socket is first: all others can only be loaded when it is not.
	 */
	static List<ClassChange> all() {
		return List.of(socket(), context(), engine(), connecter(), listener(),
				new ClassChange("zmq/io/net/Listener").field("socket", SOCKET_TYPE),
				new ClassChange("zmq/io/SessionBase").method("getSocket()" + SOCKET_TYPE),
				new ClassChange(MECHANISM).method("nextHandshakeCommand(Lzmq/Msg;)I")
					.method("processHandshakeCommand(Lzmq/Msg;)I")
					.method("zapMsgAvailable()I"));
	}

	private static ClassChange socket() {
		String added = "(" + TEXT + OWN_TYPE + "Lzmq/pipe/Pipe;)V";
		String fired = "(" + TEXT + "Ljava/lang/Object;I)V";
		String terminated = "(Lzmq/pipe/Pipe;)V";
		return new ClassChange(SOCKET).method("errno()I")
			.change("bind(" + TEXT + ")Z", 8, endpointCall(EndpointCall.BIND, "Z"))
			.change("connect(" + TEXT + ")Z", 1, endpointCall(EndpointCall.CONNECT, "Z"))
			.change("connectPeer(" + TEXT + ")I", 3, endpointCall(EndpointCall.CONNECT, "I"))
			.change("termEndpoint(" + TEXT + ")Z", 9, endpointCall(EndpointCall.TERMINATE, "Z"))
			.change("addEndpoint" + added, 1,
					atEntry(socketProbe().self()
						.local(1)
						.local(2)
						.local(3)
						.invoke(SocketProbe.class, "endpointAdded", withSocket(added))))
			.change("event" + fired, 1,
					atEntry(socketProbe().self()
						.local(1)
						.local(2)
						.number(3)
						.invoke(SocketProbe.class, "event", withSocket(fired))))
			.change("pipeTerminated" + terminated, 1, atEntry(
					socketProbe().self().local(1).invoke(SocketProbe.class, "pipeTerminated", withSocket(terminated))))
			.change("close()V", 1,
					atEntry(socketProbe().self().invoke(SocketProbe.class, "closing", withSocket("()V"))))
			.change("destroy()V", 1,
					atEntry(socketProbe().self().invoke(SocketProbe.class, "destroyed", withSocket("()V"))))
			.change("monitor(" + TEXT + "I)Z", 1, createInternal(SOCKET));
	}

	private static ClassChange context() {
		return new ClassChange(CONTEXT).method("createSocket(I)" + SOCKET_TYPE)
			.change("createSocket(I)" + SOCKET_TYPE, 2,
					beforeReturns(
							new ProbeCall(CONTEXT).duplicate().invoke(SocketProbe.class, "created", withSocket("()V"))))
			.change("terminate()V", 1, createInternal(CONTEXT));
	}

	private static ClassChange engine() {
		String error = "(Lzmq/io/StreamEngine$ErrorReason;)V";
		String message = "(Lzmq/Msg;)I";
		return new ClassChange(ENGINE).field("socket", SOCKET_TYPE)
			.field("session", SESSION_TYPE)
			.field("fd", CHANNEL_TYPE)
			.field("mechanism", MECHANISM_TYPE)
			.change("plug(Lzmq/io/IOThread;" + SESSION_TYPE + ")V", 1,
					afterField("handshaking", connection(ENGINE).invoke(EngineProbe.class, "ready", CONNECTION)))
			.change("handshake()Z", 1,
					beforeCall(SOCKET + ".eventHandshaken" + NUMBER_EVENT, source(ENGINE, "session")))
			.change("handshake()Z", 1,
					afterCall(SOCKET + ".eventHandshaken" + NUMBER_EVENT,
							new ProbeCall(ENGINE).field("mechanism", MECHANISM_TYPE)
								.field("socket", SOCKET_TYPE)
								.field("session", SESSION_TYPE)
								.field("fd", CHANNEL_TYPE)
								.invoke(EngineProbe.class, "greeted",
										CONNECTION.replace("(" + SOCKET_TYPE, "(" + MECHANISM_TYPE + SOCKET_TYPE))))
			.change("nextHandshakeCommand()Lzmq/Msg;", 1, mechanism("nextHandshakeCommand", message))
			.change("processHandshakeCommand(Lzmq/Msg;)Z", 1, mechanism("processHandshakeCommand", message))
			.change("zapMsgAvailable()V", 1, mechanism("zapMsgAvailable", "()I"))
			// the first return is that of a session whose pipe is being closed
			.change("mechanismReady()V", 2,
					beforeReturn(2, connection(ENGINE).invoke(EngineProbe.class, "ready", CONNECTION)))
			.change("error" + error, 1, atEntry(connection(ENGINE).local(1)
				.invoke(EngineProbe.class, "error", CONNECTION.replace(")V", "Lzmq/io/StreamEngine$ErrorReason;)V"))))
			.change("error" + error, 1,
					beforeCall(SOCKET + ".eventDisconnected" + CHANNEL_EVENT, source(ENGINE, "session")))
			.change("terminate()V", 1, atEntry(connection(ENGINE).invoke(EngineProbe.class, "terminated", CONNECTION)));
	}

	private static ClassChange connecter() {
		ProbeCall source = source(CONNECTER, "session");
		return new ClassChange(CONNECTER).field("session", SESSION_TYPE)
			.change("connectEvent()V", 1, beforeCall(SOCKET + ".eventConnected" + CHANNEL_EVENT, source))
			.change("startConnecting()V", 1, beforeCall(SOCKET + ".eventConnectDelayed" + NUMBER_EVENT, source))
			.change("addReconnectTimer()V", 1, beforeCall(SOCKET + ".eventConnectRetried" + NUMBER_EVENT, source))
			.change("close()V", 1, beforeCall(SOCKET + ".eventClosed" + CHANNEL_EVENT, source))
			.change("close()V", 1, beforeCall(SOCKET + ".eventCloseFailed" + NUMBER_EVENT, source));
	}

	private static ClassChange listener() {
		ProbeCall source = new ProbeCall(LISTENER).self().invoke(EngineProbe.class, "source", "(Ljava/lang/Object;)V");
		return new ClassChange(LISTENER)
			.change("setAddress()Z", 1, beforeCall(SOCKET + ".eventListening" + CHANNEL_EVENT, source))
			.change("close()V", 1, beforeCall(SOCKET + ".eventClosed" + CHANNEL_EVENT, source))
			.change("close()V", 1, beforeCall(SOCKET + ".eventCloseFailed" + NUMBER_EVENT, source))
			.change("acceptEvent()V", 1, beforeCall(SOCKET + ".eventAccepted" + CHANNEL_EVENT, source))
			.change("acceptEvent()V", 3, beforeCall(SOCKET + ".eventAcceptFailed" + NUMBER_EVENT, source))
			.change("acceptEvent()V", 1, relyUponLocal(1, LISTENER + ".accept()" + CHANNEL_TYPE))
			.change("acceptEvent()V", 1,
					beforeCall(LISTENER + ".launchChild(" + OWN_TYPE + ")V",
							new ProbeCall(LISTENER).duplicateTwo()
								.field("socket", SOCKET_TYPE)
								.local(1)
								.invoke(EngineProbe.class, "sessionAccepted",
										"(" + OWN_TYPE + OWN_TYPE + SOCKET_TYPE + CHANNEL_TYPE + ")V")));
	}

	private static MethodChange endpointCall(EndpointCall call, String result) {
		String arguments = "Lio/github/zmqmonitor/internal/instrument/EndpointCall;" + SOCKET_TYPE + TEXT + ")V";
		return around(SOCKET,
				socketProbe().constant(call).self().local(1).invoke(SocketProbe.class, "started", "(" + arguments),
				socketProbe().duplicate()
					.constant(call)
					.self()
					.local(1)
					.invoke(SocketProbe.class, "ended", "(" + result + arguments),
				socketProbe().duplicate()
					.constant(call)
					.self()
					.local(1)
					.invoke(SocketProbe.class, "failed", "(Ljava/lang/Throwable;" + arguments));
	}

	private static MethodChange createInternal(String changed) {
		return insteadOfCall(CONTEXT + ".createSocket(I)" + SOCKET_TYPE, new ProbeCall(changed)
			.invoke(SocketProbe.class, "createInternal", "(L" + CONTEXT + ";I)" + SOCKET_TYPE));
	}

	private static MethodChange mechanism(String method, String descriptor) {
		String probe = descriptor.replace("(", "(" + MECHANISM_TYPE).replace(")", SESSION_TYPE + ")");
		return insteadOfCall(MECHANISM + "." + method + descriptor,
				new ProbeCall(ENGINE).field("session", SESSION_TYPE).invoke(EngineProbe.class, method, probe));
	}

	private static ProbeCall socketProbe() {
		return new ProbeCall(SOCKET);
	}

	private static ProbeCall connection(String changed) {
		return new ProbeCall(changed).field("socket", SOCKET_TYPE)
			.field("session", SESSION_TYPE)
			.field("fd", CHANNEL_TYPE);
	}

	private static ProbeCall source(String changed, String field) {
		return new ProbeCall(changed).field(field, SESSION_TYPE)
			.invoke(EngineProbe.class, "source", "(Ljava/lang/Object;)V");
	}

	private static String withSocket(String descriptor) {
		return descriptor.replace("(", "(" + SOCKET_TYPE);
	}

}
