package io.github.zmqmonitor.internal.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The few functions of the C library that netlink takes, by the foreign function API of
 * Java 22 and later. That is called by reflection, since this class has to be there on
 * Java 17 too. For one thread at a time.
 */
final class NativeSocket {

	private static final String PACKAGE = "java.lang.foreign.";

	private static final int AF_NETLINK = 16;

	private static final int SOCK_RAW = 3;

	private static final int SOCK_CLOEXEC = 0x80000;

	private static final int NETLINK_SOCK_DIAG = 4;

	private static final int MSG_DONTWAIT = 0x40;

	private static final long SIZE = 8192;

	private final ByteBuffer buffer;

	private final MethodHandle socket;

	private final MethodHandle send;

	private final MethodHandle receive;

	private final MethodHandle close;

	/**
	 * Find the functions. The JVM warns where native access is not enabled for this
	 * module, or refuses.
	 */
	NativeSocket() throws ReflectiveOperationException {
		Object number = value("JAVA_INT");
		Object size = value("JAVA_LONG");
		Object pointer = value("ADDRESS");
		Object arena = type("Arena").getMethod("ofAuto").invoke(null);
		Object memory = type("Arena").getMethod("allocate", long.class, long.class).invoke(arena, SIZE, 8L);
		this.buffer = (ByteBuffer) type("MemorySegment").getMethod("asByteBuffer").invoke(memory);
		this.socket = function("socket", number, number, number, number);
		this.close = function("close", number, number);
		// bound to its memory, each is a function of plain numbers
		this.send = MethodHandles.insertArguments(function("send", size, number, pointer, size, number), 1, memory);
		this.receive = MethodHandles.insertArguments(function("recv", size, number, pointer, size, number), 1, memory);
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return Class.forName(PACKAGE + name);
	}

	private static Object value(String layout) throws ReflectiveOperationException {
		return type("ValueLayout").getField(layout).get(null);
	}

	private static MethodHandle function(String name, Object result, Object... parameters)
			throws ReflectiveOperationException {
		Object linker = type("Linker").getMethod("nativeLinker").invoke(null);
		Object lookup = type("Linker").getMethod("defaultLookup").invoke(linker);
		Object address = ((Optional<?>) type("SymbolLookup").getMethod("find", String.class).invoke(lookup, name))
			.orElseThrow();
		Object layouts = Array.newInstance(type("MemoryLayout"), parameters.length);
		for (int i = 0; i < parameters.length; i++) {
			Array.set(layouts, i, parameters[i]);
		}
		Object descriptor = type("FunctionDescriptor").getMethod("of", type("MemoryLayout"), layouts.getClass())
			.invoke(null, result, layouts);
		Object options = Array.newInstance(type("Linker$Option"), 0);
		Method downcall = type("Linker").getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"),
				options.getClass());
		return (MethodHandle) downcall.invoke(linker, address, descriptor, options);
	}

	/** The memory that is sent from and received into. */
	ByteBuffer buffer() {
		return this.buffer;
	}

	/**
	 * Open a socket.
	 * @return its descriptor, negative if there is none to be had
	 */
	int open() {
		try {
			return (int) this.socket.invokeExact(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Send what is in the buffer, without waiting. */
	boolean send(int descriptor) {
		try {
			long length = this.buffer.remaining();
			return (long) this.send.invokeExact(descriptor, length, MSG_DONTWAIT) == length;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Receive into the buffer what is there, without waiting. */
	boolean receive(int descriptor) {
		try {
			long length = (long) this.receive.invokeExact(descriptor, SIZE, MSG_DONTWAIT);
			this.buffer.clear().limit((int) Math.max(0, length));
			return length > 0;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	void close(int descriptor) {
		try {
			int ignored = (int) this.close.invokeExact(descriptor);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
