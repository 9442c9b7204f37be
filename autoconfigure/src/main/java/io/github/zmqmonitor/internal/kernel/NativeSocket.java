package io.github.zmqmonitor.internal.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

	/** As many answers as a socket of the usual size can hold. */
	static final int AT_ONCE = 64;

	/** An answer is a third of that, and grows with the kernel. */
	private static final int ANSWER = 1024;

	/** The length of {@code struct mmsghdr} where addresses have eight bytes. */
	private static final int HEADER = 64;

	/** Where in it the address of its {@code struct iovec} is, and their number. */
	private static final int VECTOR_AT = 16;

	private static final int LENGTH_AT = 56;

	/** The length of {@code struct iovec}. */
	private static final int VECTOR = 16;

	private static final int HEADERS_AT = AT_ONCE * DiagMessages.REQUEST;

	private static final int VECTORS_AT = HEADERS_AT + AT_ONCE * HEADER;

	private static final int ANSWERS_AT = VECTORS_AT + AT_ONCE * VECTOR;

	private static final int MEMORY = ANSWERS_AT + AT_ONCE * ANSWER;

	/**
	 * All of the memory: parts of it hold addresses of others, so that none may be freed
	 * before the others.
	 */
	private final ByteBuffer memory;

	private final ByteBuffer requests;

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
		Class<?> segment = type("MemorySegment");
		Object arena = type("Arena").getMethod("ofAuto").invoke(null);
		Object memory = type("Arena").getMethod("allocate", long.class, long.class)
			.invoke(arena, (long) MEMORY, (long) Long.BYTES);
		this.memory = ((ByteBuffer) segment.getMethod("asByteBuffer").invoke(memory)).order(ByteOrder.nativeOrder());
		this.requests = this.memory.slice(0, HEADERS_AT);
		link((long) segment.getMethod("address").invoke(memory));
		this.socket = function("socket", number, number, number, number);
		this.close = function("close", number, number);
		// bound to its memory, each is a function of plain numbers
		this.send = MethodHandles.insertArguments(function("send", size, number, pointer, size, number), 1, memory);
		MethodHandle receive = function("recvmmsg", number, number, pointer, number, number, pointer);
		Object headers = segment.getMethod("asSlice", long.class).invoke(memory, (long) HEADERS_AT);
		Object noTime = segment.getField("NULL").get(null);
		this.receive = MethodHandles.insertArguments(MethodHandles.insertArguments(receive, 4, noTime), 1, headers);
	}

	/** Let each header lead to the memory of its answer, for good. */
	private void link(long address) {
		for (int i = 0; i < AT_ONCE; i++) {
			int vector = VECTORS_AT + i * VECTOR;
			this.memory.putLong(HEADERS_AT + i * HEADER + VECTOR_AT, address + vector);
			this.memory.putLong(HEADERS_AT + i * HEADER + VECTOR_AT + Long.BYTES, 1);
			this.memory.putLong(vector, address + ANSWERS_AT + i * ANSWER);
			this.memory.putLong(vector + Long.BYTES, ANSWER);
		}
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

	/** The memory that is sent, for {@link #AT_ONCE} requests. */
	ByteBuffer requests() {
		return this.requests;
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

	/** Send the requests, without waiting. */
	boolean send(int descriptor) {
		try {
			long length = this.requests.remaining();
			return (long) this.send.invokeExact(descriptor, length, MSG_DONTWAIT) == length;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Receive the answers that are there, without waiting.
	 * @return how many, negative if there is none
	 */
	int receive(int descriptor) {
		try {
			return (int) this.receive.invokeExact(descriptor, AT_ONCE, MSG_DONTWAIT);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** An answer that was received; what was too long is cut off. */
	ByteBuffer answer(int index) {
		int length = this.memory.getInt(HEADERS_AT + index * HEADER + LENGTH_AT);
		return this.memory.slice(ANSWERS_AT + index * ANSWER, Math.min(ANSWER, length));
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
