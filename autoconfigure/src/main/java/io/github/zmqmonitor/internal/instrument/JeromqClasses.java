package io.github.zmqmonitor.internal.instrument;

import java.util.List;

import static io.github.zmqmonitor.internal.instrument.MethodEdit.afterCall;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.afterField;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.around;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.atEntry;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.beforeCall;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.beforeLastReturn;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.beforeReturns;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.insteadOfCall;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.relyUponLocal;

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

	private static final String VERSION_TYPE = "L" + ENGINE + "$Protocol;";

	private static final String MECHANISM_TYPE = "Lzmq/io/mechanism/Mechanism;";

	private static final String CHANNEL = "java/nio/channels/SocketChannel";

	private static final String CHANNEL_TYPE = "L" + CHANNEL + ";";

	private static final String ADDRESS = "zmq/io/net/Address";

	private static final String RESOLVED_TYPE = "L" + ADDRESS + "$IZAddress;";

	private static final String REASON_TYPE = "Lzmq/io/StreamEngine$ErrorReason;";

	private static final String OWN_TYPE = "Lzmq/Own;";

	private static final String PIPE_TYPE = "Lzmq/pipe/Pipe;";

	private static final String TEXT = "Ljava/lang/String;";

	private static final String OBJECT = "Ljava/lang/Object;";

	private static final String CONNECTION = SOCKET_TYPE + SESSION_TYPE + CHANNEL_TYPE;

	private static final String CALL = "Lio/github/zmqmonitor/internal/instrument/EndpointCall;" + SOCKET_TYPE + TEXT;

	private static final String CHANNEL_EVENT = "(" + TEXT + "Ljava/nio/channels/SelectableChannel;)V";

	private static final String NUMBER_EVENT = "(" + TEXT + "I)V";

	private static final String CREATE_SOCKET = "createSocket(I)" + SOCKET_TYPE;

	private JeromqClasses() {
	}

	/**
	 * Return the changes, in the order in which the classes have to be defined. The
	 * socket is first: if it is loaded already, nothing is changed.
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
		return new ClassChange(SOCKET).method("errno()I")
			.edit(endpointCall("bind(" + TEXT + ")Z", 8, EndpointCall.BIND, "(Z" + CALL + ")V"))
			.edit(endpointCall("connect(" + TEXT + ")Z", 1, EndpointCall.CONNECT, "(Z" + CALL + ")V"))
			.edit(endpointCall("connectPeer(" + TEXT + ")I", 3, EndpointCall.CONNECT, "(I" + CALL + ")V"))
			.edit(endpointCall("termEndpoint(" + TEXT + ")Z", 9, EndpointCall.TERMINATE, "(Z" + CALL + ")V"))
			.edit(atEntry("addEndpoint(" + TEXT + OWN_TYPE + PIPE_TYPE + ")V", new ProbeCall(SOCKET).self()
				.local(1)
				.local(2)
				.local(3)
				.invoke(SocketProbe.class, "endpointAdded", "(" + SOCKET_TYPE + TEXT + OWN_TYPE + PIPE_TYPE + ")V")))
			.edit(atEntry("event(" + TEXT + OBJECT + "I)V",
					new ProbeCall(SOCKET).self()
						.local(1)
						.local(2)
						.number(3)
						.invoke(SocketProbe.class, "event", "(" + SOCKET_TYPE + TEXT + OBJECT + "I)V")))
			.edit(atEntry("pipeTerminated(" + PIPE_TYPE + ")V",
					new ProbeCall(SOCKET).self()
						.local(1)
						.invoke(SocketProbe.class, "pipeTerminated", "(" + SOCKET_TYPE + PIPE_TYPE + ")V")))
			.edit(atEntry("close()V", socketCall("closing")))
			.edit(atEntry("destroy()V", socketCall("destroyed")))
			.edit(createInternal("monitor(" + TEXT + "I)Z", SOCKET));
	}

	private static ClassChange context() {
		return new ClassChange(CONTEXT).method(CREATE_SOCKET)
			.edit(beforeReturns(CREATE_SOCKET, 2,
					new ProbeCall(CONTEXT).duplicate().invoke(SocketProbe.class, "created", "(" + SOCKET_TYPE + ")V")))
			.edit(createInternal("terminate()V", CONTEXT));
	}

	private static ClassChange engine() {
		return new ClassChange(ENGINE).field("socket", SOCKET_TYPE)
			.field("session", SESSION_TYPE)
			.field("fd", CHANNEL_TYPE)
			.field("mechanism", MECHANISM_TYPE)
			.field("zmtpVersion", VERSION_TYPE)
			.edit(afterField("plug(Lzmq/io/IOThread;" + SESSION_TYPE + ")V", "handshaking", ready()))
			.edit(beforeCall("handshake()Z", 1, SOCKET + ".eventHandshaken" + NUMBER_EVENT, session(ENGINE)))
			.edit(afterCall("handshake()Z", SOCKET + ".eventHandshaken" + NUMBER_EVENT,
					connection(
							new ProbeCall(ENGINE).field("zmtpVersion", VERSION_TYPE).field("mechanism", MECHANISM_TYPE))
						.invoke(EngineProbe.class, "greeted", "(" + OBJECT + MECHANISM_TYPE + CONNECTION + ")V")))
			.edit(insteadOfCall("nextHandshakeCommand()Lzmq/Msg;", MECHANISM + ".nextHandshakeCommand(Lzmq/Msg;)I",
					mechanism("nextHandshakeCommand", "(" + MECHANISM_TYPE + "Lzmq/Msg;" + SESSION_TYPE + ")I")))
			.edit(insteadOfCall("processHandshakeCommand(Lzmq/Msg;)Z",
					MECHANISM + ".processHandshakeCommand(Lzmq/Msg;)I",
					mechanism("processHandshakeCommand", "(" + MECHANISM_TYPE + "Lzmq/Msg;" + SESSION_TYPE + ")I")))
			.edit(insteadOfCall("zapMsgAvailable()V", MECHANISM + ".zapMsgAvailable()I",
					mechanism("zapMsgAvailable", "(" + MECHANISM_TYPE + SESSION_TYPE + ")I")))
			// the first return is that of a session whose pipe is being closed
			.edit(beforeLastReturn("mechanismReady()V", 2, ready()))
			.edit(atEntry("error(" + REASON_TYPE + ")V",
					connection(new ProbeCall(ENGINE)).local(1)
						.invoke(EngineProbe.class, "error", "(" + CONNECTION + REASON_TYPE + ")V")))
			.edit(beforeCall("error(" + REASON_TYPE + ")V", 1, SOCKET + ".eventDisconnected" + CHANNEL_EVENT,
					session(ENGINE)))
			.edit(atEntry("terminate()V", connection(new ProbeCall(ENGINE)).invoke(EngineProbe.class, "terminated",
					"(" + CONNECTION + ")V")));
	}

	private static ClassChange connecter() {
		ProbeCall session = session(CONNECTER);
		return new ClassChange(CONNECTER).field("session", SESSION_TYPE)
			.edit(beforeCall("connectEvent()V", 1, SOCKET + ".eventConnected" + CHANNEL_EVENT, session))
			.edit(beforeCall("startConnecting()V", 1, SOCKET + ".eventConnectDelayed" + NUMBER_EVENT, session))
			.edit(beforeCall("addReconnectTimer()V", 1, SOCKET + ".eventConnectRetried" + NUMBER_EVENT, session))
			.edit(beforeCall("close()V", 1, SOCKET + ".eventClosed" + CHANNEL_EVENT, session))
			.edit(beforeCall("close()V", 1, SOCKET + ".eventCloseFailed" + NUMBER_EVENT, session))
			.edit(step("open()Z", ADDRESS + ".resolve(Z)" + RESOLVED_TYPE, "resolve",
					"(L" + ADDRESS + ";Z" + SESSION_TYPE + ")" + RESOLVED_TYPE))
			.edit(step("open()Z", CHANNEL + ".open()" + CHANNEL_TYPE, "open", "(" + SESSION_TYPE + ")" + CHANNEL_TYPE))
			.edit(step("open()Z", CHANNEL + ".connect(Ljava/net/SocketAddress;)Z", "connect",
					"(" + CHANNEL_TYPE + "Ljava/net/SocketAddress;" + SESSION_TYPE + ")Z"))
			.edit(step("connect()" + CHANNEL_TYPE, CHANNEL + ".finishConnect()Z", "finishConnect",
					"(" + CHANNEL_TYPE + SESSION_TYPE + ")Z"));
	}

	private static MethodEdit step(String method, String target, String probe, String descriptor) {
		return insteadOfCall(method, target,
				new ProbeCall(CONNECTER).field("session", SESSION_TYPE).invoke(ConnectProbe.class, probe, descriptor));
	}

	private static ClassChange listener() {
		ProbeCall self = source(new ProbeCall(LISTENER).self());
		return new ClassChange(LISTENER)
			.edit(beforeCall("setAddress()Z", 1, SOCKET + ".eventListening" + CHANNEL_EVENT, self))
			.edit(beforeCall("close()V", 1, SOCKET + ".eventClosed" + CHANNEL_EVENT, self))
			.edit(beforeCall("close()V", 1, SOCKET + ".eventCloseFailed" + NUMBER_EVENT, self))
			.edit(beforeCall("acceptEvent()V", 1, SOCKET + ".eventAccepted" + CHANNEL_EVENT, self))
			.edit(beforeCall("acceptEvent()V", 3, SOCKET + ".eventAcceptFailed" + NUMBER_EVENT, self))
			.edit(relyUponLocal("acceptEvent()V", 1, LISTENER + ".accept()" + CHANNEL_TYPE))
			.edit(beforeCall("acceptEvent()V", 1, LISTENER + ".launchChild(" + OWN_TYPE + ")V",
					new ProbeCall(LISTENER).duplicateTwo()
						.field("socket", SOCKET_TYPE)
						.local(1)
						.invoke(EngineProbe.class, "sessionAccepted",
								"(" + OWN_TYPE + OWN_TYPE + SOCKET_TYPE + CHANNEL_TYPE + ")V")));
	}

	private static MethodEdit endpointCall(String method, int returns, EndpointCall call, String ended) {
		return around(method, returns,
				new ProbeCall(SOCKET).constant(call)
					.self()
					.local(1)
					.invoke(SocketProbe.class, "started", "(" + CALL + ")V"),
				new ProbeCall(SOCKET).duplicate()
					.constant(call)
					.self()
					.local(1)
					.invoke(SocketProbe.class, "ended", ended),
				new ProbeCall(SOCKET).duplicate()
					.constant(call)
					.self()
					.local(1)
					.invoke(SocketProbe.class, "failed", "(Ljava/lang/Throwable;" + CALL + ")V"));
	}

	private static MethodEdit createInternal(String method, String changed) {
		return insteadOfCall(method, CONTEXT + "." + CREATE_SOCKET, new ProbeCall(changed).invoke(SocketProbe.class,
				"createInternal", "(L" + CONTEXT + ";I)" + SOCKET_TYPE));
	}

	private static ProbeCall socketCall(String probe) {
		return new ProbeCall(SOCKET).self().invoke(SocketProbe.class, probe, "(" + SOCKET_TYPE + ")V");
	}

	private static ProbeCall ready() {
		return connection(new ProbeCall(ENGINE)).invoke(EngineProbe.class, "ready", "(" + CONNECTION + ")V");
	}

	private static ProbeCall connection(ProbeCall call) {
		return call.field("socket", SOCKET_TYPE).field("session", SESSION_TYPE).field("fd", CHANNEL_TYPE);
	}

	private static ProbeCall mechanism(String method, String descriptor) {
		return new ProbeCall(ENGINE).field("session", SESSION_TYPE).invoke(EngineProbe.class, method, descriptor);
	}

	private static ProbeCall session(String changed) {
		return source(new ProbeCall(changed).field("session", SESSION_TYPE));
	}

	private static ProbeCall source(ProbeCall source) {
		return source.invoke(EngineProbe.class, "source", "(" + OBJECT + ")V");
	}

}
