package io.github.zmqmonitor.internal.walk;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;

/**
 * Names the private fields that are read, which a native image would leave out.
 */
public final class WalkRuntimeHints {

	private static final Map<String, String[]> FIELDS = Map.ofEntries(
			Map.entry("zmq.SocketBase", new String[] { "pipes", "endpoints", "mailbox" }),
			Map.entry("zmq.SocketBase$EndpointPipe", new String[] { "endpoint" }),
			Map.entry("zmq.Ctx", new String[] { "reaper" }), Map.entry("zmq.Reaper", new String[] { "poller" }),
			Map.entry("zmq.poll.PollerBase", new String[] { "worker" }),
			Map.entry("zmq.Own", new String[] { "owned", "options" }),
			Map.entry("zmq.io.net.tcp.TcpConnecter", new String[] { "timerStarted", "fd" }),
			Map.entry("zmq.io.SessionBase", new String[] { "engine", "pipe", "active", "addr" }),
			Map.entry("zmq.io.StreamEngine",
					new String[] { "fd", "handshaking", "zmtpVersion", "mechanism", "metadata" }),
			Map.entry("zmq.Mailbox", new String[] { "cpipe" }),
			Map.entry("zmq.Command", new String[] { "type", "arg" }),
			Map.entry("zmq.pipe.Pipe",
					new String[] { "msgsWritten", "msgsRead", "peersMsgsRead", "hwm", "peer", "identity", "sink",
							"credential", "inpipe", "conflate", "state" }),
			Map.entry("zmq.pipe.Pipe$State", new String[0]), Map.entry("zmq.io.StreamEngine$Protocol", new String[0]),
			Map.entry("zmq.pipe.YPipeConflate", new String[] { "dbuffer" }),
			Map.entry("zmq.pipe.DBuffer", new String[] { "hasMsg" }),
			Map.entry("zmq.Options", new String[] { "lastEndpoint" }),
			Map.entry("zmq.socket.pubsub.XPub", new String[] { "lossy", "manual", "subscriptions" }),
			Map.entry("zmq.socket.pubsub.XSub", new String[] { "subscriptions" }),
			Map.entry("zmq.socket.pubsub.Trie", new String[] { "next", "min", "count", "liveNodes", "refcnt" }),
			Map.entry("zmq.socket.pubsub.Mtrie", new String[] { "next", "min", "count", "liveNodes", "pipes" }),
			Map.entry("zmq.socket.radiodish.Dish", new String[] { "subscriptions" }),
			Map.entry("zmq.socket.radiodish.Radio", new String[] { "subscriptions" }),
			Map.entry("zmq.socket.reqrep.Req", new String[] { "receivingReply", "strict", "replyPipe" }),
			Map.entry("zmq.socket.reqrep.Rep", new String[] { "sendingReply" }),
			Map.entry("zmq.socket.reqrep.Router", new String[] { "mandatory", "handover" }));

	private WalkRuntimeHints() {
	}

	/**
	 * Register the fields; one that this JeroMQ does not have is left to who reads it to
	 * report.
	 */
	public static void register(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		FIELDS.forEach((type, fields) -> hints.reflection().registerType(TypeReference.of(type), (hint) -> {
			for (String field : fields) {
				hint.withField(field);
			}
		}));
	}

}
