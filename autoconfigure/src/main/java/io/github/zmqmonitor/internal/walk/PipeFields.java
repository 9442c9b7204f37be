package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Set;

import io.github.zmqmonitor.internal.traffic.PipeCounts;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.SocketBase;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.pipe.Pipe;
import zmq.pipe.YPipeBase;
import zmq.util.Blob;

/**
 * The numbers that JeroMQ keeps of its pipes and shows nobody.
 */
final class PipeFields {

	static final @Nullable PipeFields INSTANCE = Capability.open("queues", "Messages and queues", PipeFields::new);

	private final VarHandle pipes;

	private final VarHandle ofSession;

	private final VarHandle written;

	private final VarHandle read;

	private final VarHandle readByPeer;

	private final VarHandle limit;

	private final VarHandle peer;

	private final VarHandle identity;

	private final VarHandle sink;

	private final VarHandle credential;

	private final VarHandle incoming;

	private final VarHandle conflated;

	private final VarHandle state;

	private final VarHandle buffer;

	private final VarHandle hasMessage;

	private PipeFields() throws ReflectiveOperationException {
		this.pipes = Capability.field(SocketBase.class, "pipes", Set.class);
		this.ofSession = Capability.field(SessionBase.class, "pipe", Pipe.class);
		this.written = Capability.field(Pipe.class, "msgsWritten", long.class);
		this.read = Capability.field(Pipe.class, "msgsRead", long.class);
		this.readByPeer = Capability.field(Pipe.class, "peersMsgsRead", long.class);
		this.limit = Capability.field(Pipe.class, "hwm", int.class);
		this.peer = Capability.field(Pipe.class, "peer", Pipe.class);
		this.identity = Capability.field(Pipe.class, "identity", Blob.class);
		this.sink = Capability.field(Pipe.class, "sink", Pipe.IPipeEvents.class);
		this.credential = Capability.field(Pipe.class, "credential", Blob.class);
		this.incoming = Capability.field(Pipe.class, "inpipe", YPipeBase.class);
		this.conflated = Capability.field(Pipe.class, "conflate", boolean.class);
		ClassLoader loader = Pipe.class.getClassLoader();
		this.state = Capability.field(Pipe.class, "state", Class.forName("zmq.pipe.Pipe$State", false, loader));
		Class<?> single = Class.forName("zmq.pipe.DBuffer", false, loader);
		this.buffer = Capability.field(Class.forName("zmq.pipe.YPipeConflate", false, loader), "dbuffer", single);
		this.hasMessage = Capability.field(single, "hasMsg", boolean.class);
	}

	/** Add the pipes that the socket has taken up. Can throw while they change. */
	void addPipes(SocketBase socket, Collection<Pipe> to) {
		for (Object pipe : ((Set<?>) this.pipes.getVolatile(socket)).toArray()) {
			if (pipe != null) {
				to.add((Pipe) pipe);
			}
		}
	}

	/**
	 * The socket's end of the pipe of a session, also where the socket has not taken it
	 * up yet; {@code null} if there is none.
	 */
	@Nullable Pipe socketSide(SessionBase session) {
		Pipe pipe = (Pipe) this.ofSession.getVolatile(session);
		return (pipe != null) ? (Pipe) this.peer.getVolatile(pipe) : null;
	}

	/**
	 * The session at the other end, {@code null} if there is none.
	 */
	@Nullable SessionBase session(Pipe pipe) {
		Pipe peer = (Pipe) this.peer.getVolatile(pipe);
		return (peer != null && this.sink.getVolatile(peer) instanceof SessionBase session) ? session : null;
	}

	/** The socket of an end, {@code null} if it is a session's. */
	@Nullable SocketBase socket(Pipe pipe) {
		return (this.sink.getVolatile(pipe) instanceof SocketBase socket) ? socket : null;
	}

	/**
	 * What is thrown away with an ended pipe: of what was sent, or was to be received.
	 */
	long remaining(Pipe pipe, boolean out) {
		Pipe peer = (Pipe) this.peer.getVolatile(pipe);
		if (peer == null || (boolean) this.conflated.get(pipe)) {
			return 0;
		}
		long remaining = (long) this.written.getVolatile(out ? pipe : peer)
				- (long) this.read.getVolatile(out ? peer : pipe);
		boolean named = !out && remaining > 0
				&& (this.credential.getVolatile(pipe) != null
						|| (this.incoming.getVolatile(pipe) instanceof YPipeBase<?> queue && queue.checkRead()
								&& queue.probe() instanceof Msg message && message.isCredential()));
		return Math.max(0, named ? remaining - 1 : remaining);
	}

	/** Whether a pipe is in use, and was so from its beginning. */
	boolean isActive(Pipe pipe) {
		return ((Enum<?>) this.state.getVolatile(pipe)).ordinal() == 0;
	}

	byte @Nullable [] identity(Pipe pipe) {
		Blob identity = (Blob) this.identity.getVolatile(pipe);
		return (identity != null) ? identity.data() : null;
	}

	/**
	 * Read the numbers of a pipe, of an ended one too. What was read is looked at before
	 * what was written, so that a queue does not appear shorter than empty.
	 */
	PipeCounts counts(Pipe pipe) {
		Pipe peer = (Pipe) this.peer.getVolatile(pipe);
		long read = (long) this.read.getVolatile(pipe);
		if (peer == null) {
			PipeCounts.Queue none = new PipeCounts.Queue(0, 0, 0);
			return new PipeCounts((long) this.written.getVolatile(pipe), read, none, none);
		}
		long readThere = (long) this.read.getVolatile(peer);
		long givenBack = (long) this.readByPeer.getVolatile(pipe);
		long givenBackThere = (long) this.readByPeer.getVolatile(peer);
		long written = (long) this.written.getVolatile(pipe);
		long writtenThere = (long) this.written.getVolatile(peer);
		PipeCounts.Queue sent = queue(peer, written - readThere, written - givenBack,
				(int) this.limit.getVolatile(pipe));
		long waiting = writtenThere - read;
		if (waiting > 0 && isCredentialCounted(pipe, peer)) {
			waiting--;
		}
		PipeCounts.Queue received = queue(pipe, waiting, writtenThere - givenBackThere,
				(int) this.limit.getVolatile(peer));
		return new PipeCounts(written, read, sent, received);
	}

	/**
	 * Whether a peer's first message followed its user's name, which JeroMQ counts as
	 * written and never as read.
	 */
	private boolean isCredentialCounted(Pipe pipe, Pipe peer) {
		if (this.credential.getVolatile(pipe) != null) {
			return true;
		}
		EngineFields engines = EngineFields.INSTANCE;
		if (engines == null || !(this.sink.getVolatile(peer) instanceof SessionBase session)) {
			return false;
		}
		StreamEngine engine = engines.engine(session);
		return engine != null && engines.property(engine, Metadata.USER_ID) != null;
	}

	/**
	 * A queue towards one end of a pipe. One that keeps only the last message holds 0 or
	 * 1, however many were written; and nothing once it has ended.
	 */
	private PipeCounts.Queue queue(Pipe reader, long size, long taken, int limit) {
		if ((boolean) this.conflated.get(reader)) {
			Object queue = this.incoming.getVolatile(reader);
			boolean holds = queue != null && (boolean) this.hasMessage.getVolatile(this.buffer.get(queue));
			return new PipeCounts.Queue(holds ? 1 : 0, 0, 0);
		}
		return new PipeCounts.Queue(size, taken, limit);
	}

}
