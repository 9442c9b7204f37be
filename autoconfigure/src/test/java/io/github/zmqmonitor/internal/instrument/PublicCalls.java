package io.github.zmqmonitor.internal.instrument;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Every public method of sockets and contexts, called in the same order on sockets in the
 * same state, here and in JeroMQ as it is.
 */
public final class PublicCalls {

	private static final Comparator<Method> ORDER = Comparator.comparing(Method::getName)
		.thenComparing((method) -> Arrays.toString(method.getParameterTypes()));

	/**
	 * What ends a socket or a context comes last. A proxy that nobody can reach keeps
	 * JeroMQ's own context from closing, as a second endpoint beside one that retries
	 * does, and sockets that a context makes between its other calls.
	 */
	private static final Set<String> NOT_HERE = Set.of("close", "destroy", "term", "socket", "createSocket", "fork",
			"setSocksProxy", "setMain", "setContext", "wait", "notify", "notifyAll", "getClass", "hashCode", "equals");

	private static final Set<String> RANDOM = Set.of("bindToRandomPort", "connectPeer");

	private static final IsolatedLoader PLAIN = new IsolatedLoader();

	private PublicCalls() {
	}

	/**
	 * The results in JeroMQ as it is.
	 */
	@SuppressWarnings("unchecked")
	public static List<String> inPlainJeroMq(String type, String state) throws Exception {
		return (List<String>) PLAIN.loadClass(PublicCalls.class.getName())
			.getMethod("run", String.class, String.class)
			.invoke(null, type, state);
	}

	/**
	 * Call all methods in a context of its own.
	 */
	public static List<String> run(String type, String state) throws Exception {
		try (ZContext context = new ZContext()) {
			return run(context, type, state);
		}
	}

	/**
	 * Call all methods of a socket, or of the context if there is no type.
	 * @return a line per call: what was called, what came out, and the error number
	 */
	public static List<String> run(ZContext context, String type, String state) throws Exception {
		List<String> lines = new ArrayList<>();
		if (type.equals("context")) {
			callAll(lines, context, ZContext.class, null, "-");
			callAll(lines, context.getContext(), ZMQ.Context.class, null, "-");
			callAll(lines, context.shadow(), ZContext.class, null, "-");
			context.close();
			callAll(lines, context, ZContext.class, null, "-");
			return lines;
		}
		ZMQ.Socket socket = context.createSocket(SocketType.valueOf(type));
		socket.setLinger(0);
		socket.setSendTimeOut(0);
		socket.setReceiveTimeOut(0);
		switch (state) {
			case "bound" -> socket.bind("tcp://127.0.0.1:*");
			case "inproc" -> socket.bind("inproc://public-calls");
			case "retrying" -> socket.connect("tcp://127.0.0.1:1");
			case "closed" -> close(socket);
			default -> {
			}
		}
		callAll(lines, socket, ZMQ.Socket.class, socket, state.equals("retrying") ? "(set|connect).*" : "-");
		lines.add("close " + outcome(socket, ZMQ.Socket.class.getMethod("close")));
		lines.add("close again " + outcome(socket, ZMQ.Socket.class.getMethod("close")));
		lines.add("sockets " + context.getSockets().size());
		return lines;
	}

	private static void close(ZMQ.Socket socket) {
		socket.close();
		try {
			for (int i = 0; true; i++) {
				socket.bind("inproc://public-calls-" + i);
				Thread.onSpinWait();
			}
		}
		catch (RuntimeException ex) {
			// the reaper is done: what comes now depends on no other thread
		}
	}

	private static void callAll(List<String> lines, Object target, Class<?> type, ZMQ.Socket socket, String left)
			throws Exception {
		List<Method> methods = Stream.of(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !NOT_HERE.contains(method.getName()))
			.filter((method) -> !method.getName().matches(left) && method.getParameterTypes().length < 3
					|| method.getName().startsWith("send") || method.getName().startsWith("recv"))
			.sorted(ORDER)
			.toList();
		for (Method method : methods) {
			for (int variant = 0; variant < ((method.getParameterCount() > 0) ? 2 : 1); variant++) {
				Object[] arguments = new Object[method.getParameterCount()];
				for (int i = 0; i < arguments.length; i++) {
					arguments[i] = argument(method.getParameterTypes()[i], method.getName(), variant);
				}
				if (socket != null && socket.base() != null) {
					socket.base().errno.set(0);
				}
				lines.add(method.getName() + Arrays.toString(method.getParameterTypes()) + " " + variant + ": "
						+ outcome(target, method, arguments)
						+ ((socket != null) ? ", errno " + outcome(socket, ZMQ.Socket.class.getMethod("errno")) : ""));
			}
		}
	}

	private static String outcome(Object target, Method method, Object... arguments) {
		try {
			Object result = method.invoke(target, arguments);
			return RANDOM.contains(method.getName()) ? "a number" : text(result);
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			return (cause instanceof ZMQException failure) ? "ZMQException " + failure.getErrorCode()
					: cause.getClass().getName();
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(Object result) {
		if (result instanceof byte[] bytes) {
			return HexFormat.of().formatHex(bytes);
		}
		if (result instanceof Object[] objects) {
			return Arrays.deepToString(objects);
		}
		if (result instanceof Collection<?> collection) {
			return collection.size() + " elements";
		}
		if (result == null || result instanceof Number || result instanceof Boolean || result instanceof Enum<?>) {
			return String.valueOf(result);
		}
		if (result instanceof String string) {
			return string.replaceAll("@[0-9a-f]+|[0-9]{2,}|\\[[0-9]+]", "#");
		}
		return "an object";
	}

	private static Object argument(Class<?> type, String method, int variant) {
		boolean usual = variant == 0;
		if (type == int.class || type == long.class) {
			int value = (usual || method.startsWith("setReconnectIVL")) ? number(method) : -2;
			return (type == int.class) ? (Object) value : (Object) (long) value;
		}
		if (type == boolean.class) {
			return usual;
		}
		if (!usual) {
			return null;
		}
		if (type == String.class) {
			return string(method);
		}
		if (type == byte[].class) {
			return new byte[] { 'A' };
		}
		if (type == ByteBuffer.class) {
			return ByteBuffer.allocateDirect(8);
		}
		if (type == Object[].class) {
			return new Object[] { 1 };
		}
		return null;
	}

	/**
	 * A number that this method can do something with, and that changes no time limit of
	 * the other calls.
	 */
	private static int number(String method) {
		return switch (method) {
			case "setReceiveTimeOut", "setSendTimeOut", "setLinger" -> 0;
			case "setReconnectIVL", "setReconnectIVLMax" -> 100;
			default -> 1;
		};
	}

	private static String string(String method) {
		return switch (method) {
			case "bind", "connect", "disconnect", "unbind", "connectPeer" -> "inproc://public-calls-" + method;
			case "bindToRandomPort" -> "tcp://127.0.0.1";
			case "monitor" -> "inproc://public-calls-monitor";
			case "sendPicture", "recvPicture", "sendBinaryPicture", "recvBinaryPicture" -> "1";
			default -> "A";
		};
	}

}
