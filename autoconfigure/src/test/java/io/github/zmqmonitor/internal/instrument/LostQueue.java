package io.github.zmqmonitor.internal.instrument;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Set;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * An application that loses a queue, because its socket keeps none without a connection.
 */
public final class LostQueue {

	private LostQueue() {
	}

	/**
	 * Fill the queue to a socket that doesn't read, and close that one.
	 * @return how many messages were counted as thrown away, and of how many
	 */
	public static String lose() throws Exception {
		try (ZmqMonitor monitor = new ZmqMonitor(ZmqMonitorSettings.DEFAULTS); ZContext context = new ZContext()) {
			ZMQ.Socket push = monitor.monitor("push", context.createSocket(SocketType.PUSH));
			push.setSndHWM(20);
			push.setHandshakeIvl(5000);
			push.setSendBufferSize(10_000);
			push.setImmediate(false);
			push.setReconnectIVL(1000);
			long sent = 0;
			Pipe pipe;
			try (ZContext other = new ZContext()) {
				ZMQ.Socket pull = other.createSocket(SocketType.PULL);
				pull.setRcvHWM(1);
				pull.setHandshakeIvl(5000);
				pull.setReceiveBufferSize(10_000);
				push.connect("tcp://127.0.0.1:" + RoundTrip.bind(pull));
				Awaitility.await()
					.atMost(Duration.ofMinutes(2))
					.until(() -> monitor.snapshot("push").sockets().get(0).endpoints().get(0).connections() == 1);
				// far more than TCP can take: what is queued stays queued
				byte[] message = new byte[200_000];
				int refused = 0;
				while (sent < 20 || refused < 1000) {
					boolean taken = push.send("first frame", ZMQ.SNDMORE | ZMQ.DONTWAIT) && push.send(message);
					sent += taken ? 1 : 0;
					refused = taken ? 0 : refused + 1;
				}
				pipe = (Pipe) ((Set<?>) field(SocketBase.class, "pipes").get(push.base())).iterator().next();
			}
			long[] discarded = new long[1];
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
				push.getEvents();
				discarded[0] = monitor.snapshot("push").sockets().get(0).messages().dropped().get(DropReason.DISCARDED);
				return discarded[0] > 0;
			});
			Object session = field(Pipe.class, "peer").get(pipe);
			return discarded[0] + " of " + (sent - field(Pipe.class, "msgsRead").getLong(session));
		}
	}

	private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
		Field field = type.getDeclaredField(name);
		field.setAccessible(true);
		return field;
	}

}
