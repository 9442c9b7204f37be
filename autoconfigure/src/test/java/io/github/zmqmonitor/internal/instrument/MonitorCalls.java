package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * What an application that has monitors of its own sees: the same calls on a context that
 * is monitored and in plain JeroMQ.
 */
public final class MonitorCalls {

	private static final int WAIT = 60_000;

	private MonitorCalls() {
	}

	/**
	 * The results of a scenario in JeroMQ as it is.
	 */
	@SuppressWarnings("unchecked")
	public static List<String> inPlainJeroMq(String scenario, int argument) throws Exception {
		return (List<String>) new IsolatedLoader().loadClass(MonitorCalls.class.getName())
			.getMethod("run", String.class, int.class)
			.invoke(null, scenario, argument);
	}

	/**
	 * Run a scenario in a context of its own.
	 */
	public static List<String> run(String scenario, int argument) {
		try (ZContext context = new ZContext()) {
			return run(context, scenario, argument);
		}
	}

	/**
	 * Run a scenario.
	 * @return what the application sees
	 */
	public static List<String> run(ZContext context, String scenario, int argument) {
		return switch (scenario) {
			case "readerFirst" -> readerFirst(context, argument);
			case "readerLast" -> readerLast(context, argument);
			case "binds" -> binds(context, argument);
			case "hooks" -> hooks(context);
			default -> throw new IllegalArgumentException(scenario);
		};
	}

	private static List<String> readerFirst(ZContext context, int delay) {
		ZMQ.Socket client = client(context);
		client.monitor("inproc://reader-first", ZMQ.EVENT_ALL);
		pause(delay);
		ZMQ.Socket reader = reader(context, "inproc://reader-first");
		client.connect(server(context).getLastEndpoint());
		return events(reader);
	}

	private static List<String> readerLast(ZContext context, int delay) {
		ZMQ.Socket client = client(context);
		client.monitor("inproc://reader-last", ZMQ.EVENT_ALL);
		client.connect(server(context).getLastEndpoint());
		pause(delay);
		return events(reader(context, "inproc://reader-last"));
	}

	private static ZMQ.Socket server(ZContext context) {
		ZMQ.Socket server = context.createSocket(SocketType.ROUTER);
		server.setHandshakeIvl(0);
		server.bind("tcp://127.0.0.1:*");
		return server;
	}

	private static ZMQ.Socket client(ZContext context) {
		ZMQ.Socket client = context.createSocket(SocketType.DEALER);
		client.setHandshakeIvl(0);
		return client;
	}

	private static List<String> binds(ZContext context, int mask) {
		List<String> seen = new ArrayList<>();
		String taken = server(context).getLastEndpoint();
		ZMQ.Socket socket = context.createSocket(SocketType.REP);
		seen.add(call(socket, () -> socket.monitor("inproc://binds", mask)));
		ZMQ.Socket reader = reader(context, "inproc://binds");
		seen.add(call(socket, () -> socket.bind(taken)));
		seen.add(call(socket, () -> socket.bind(taken)));
		seen.add(call(socket, () -> socket.bind("tcp://127.0.0.1:*")));
		seen.add(call(socket, () -> socket.bind("tcp://127.0.0.1:*")));
		seen.add(call(socket, () -> socket.connect("tcp://nowhere.invalid:5555")));
		seen.add(call(socket, () -> socket.unbind(taken)));
		seen.add(call(socket, () -> socket.monitor(null, 0)));
		seen.add(call(socket, () -> socket.bind(taken)));
		reader.setReceiveTimeOut(0);
		for (ZEvent event = ZEvent.recv(reader); event != null; event = ZEvent.recv(reader)) {
			seen.add(event.getEvent().name());
		}
		return seen;
	}

	private static List<String> hooks(ZContext context) {
		List<String> seen = new ArrayList<>();
		String taken = server(context).getLastEndpoint();
		ZMQ.Socket socket = context.createSocket(SocketType.REP);
		seen.add(call(socket, () -> socket.setEventHook((event) -> socket.base().errno.set(0), ZMQ.EVENT_BIND_FAILED)));
		seen.add(call(socket, () -> socket.bind(taken)));
		seen.add(call(socket, () -> socket.bind("tcp://127.0.0.1:*")));
		seen.add(call(socket, () -> socket.setEventHook(null, 0)));
		seen.add(call(socket, () -> socket.bind(taken)));
		return seen;
	}

	private static String call(ZMQ.Socket socket, Supplier<Boolean> call) {
		socket.base().errno.set(0);
		String result;
		try {
			result = String.valueOf(call.get());
		}
		catch (ZMQException ex) {
			result = "ZMQException " + ex.getErrorCode();
		}
		catch (RuntimeException ex) {
			result = ex.getClass().getName();
		}
		return result + ", errno " + socket.errno();
	}

	private static ZMQ.Socket reader(ZContext context, String address) {
		ZMQ.Socket reader = context.createSocket(SocketType.PAIR);
		reader.setReceiveTimeOut(WAIT);
		reader.connect(address);
		return reader;
	}

	private static List<String> events(ZMQ.Socket reader) {
		List<String> events = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ZEvent event = ZEvent.recv(reader);
			events.add((event != null) ? event.getEvent().name() : "none");
		}
		return events;
	}

	private static void pause(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
