package io.github.zmqmonitor.internal.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

import io.github.zmqmonitor.internal.registry.SocketRegistry;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Reads the numbers that JeroMQ keeps of its pipes and shows nobody.
 */
public final class PipeAccess {

	private static final @Nullable PipeAccess INSTANCE = open();

	private final VarHandle pipes;

	private final VarHandle written;

	private final VarHandle read;

	private final VarHandle readByPeer;

	private final VarHandle limit;

	private final VarHandle peer;

	private PipeAccess() throws ReflectiveOperationException {
		MethodHandles.Lookup socket = MethodHandles.privateLookupIn(SocketBase.class, MethodHandles.lookup());
		this.pipes = socket.findVarHandle(SocketBase.class, "pipes", Set.class);
		MethodHandles.Lookup pipe = MethodHandles.privateLookupIn(Pipe.class, MethodHandles.lookup());
		this.written = pipe.findVarHandle(Pipe.class, "msgsWritten", long.class);
		this.read = pipe.findVarHandle(Pipe.class, "msgsRead", long.class);
		this.readByPeer = pipe.findVarHandle(Pipe.class, "peersMsgsRead", long.class);
		this.limit = pipe.findVarHandle(Pipe.class, "hwm", int.class);
		this.peer = pipe.findVarHandle(Pipe.class, "peer", Pipe.class);
	}

	/**
	 * Return the access, {@code null} where JeroMQ does not let anybody in.
	 */
	public static @Nullable PipeAccess get() {
		return INSTANCE;
	}

	private static @Nullable PipeAccess open() {
		try {
			return new PipeAccess();
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			LogFactory.getLog(SocketRegistry.class)
				.info("Messages and queues can't be read from this JeroMQ (" + ex
						+ "); as a named module it has to be opened with --add-opens org.zeromq.jeromq/zmq=ALL-UNNAMED"
						+ " and --add-opens org.zeromq.jeromq/zmq.pipe=ALL-UNNAMED");
			return null;
		}
	}

	/**
	 * Copy the set of pipes. It belongs to the thread that owns the socket; elsewhere a
	 * copy can fail.
	 * @return the pipes, {@code null} if they are changing just now
	 */
	public Pipe @Nullable [] pipes(SocketBase socket) {
		try {
			Set<?> pipes = (Set<?>) this.pipes.getVolatile(socket);
			return pipes.toArray(Pipe[]::new);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	public PipeCounts counts(Pipe pipe) {
		Pipe peer = (Pipe) this.peer.getVolatile(pipe);
		long written = (long) this.written.getVolatile(pipe);
		long read = (long) this.read.getVolatile(pipe);
		PipeCounts.Queue sent = new PipeCounts.Queue(written - (long) this.read.getVolatile(peer),
				written - (long) this.readByPeer.getVolatile(pipe), (int) this.limit.getVolatile(pipe));
		long writtenByPeer = (long) this.written.getVolatile(peer);
		PipeCounts.Queue received = new PipeCounts.Queue(writtenByPeer - read,
				writtenByPeer - (long) this.readByPeer.getVolatile(peer), (int) this.limit.getVolatile(peer));
		return new PipeCounts(written, read, sent, received);
	}

}
