package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;
import zmq.socket.reqrep.Rep;
import zmq.socket.reqrep.Req;
import zmq.util.ValueReference;

/**
 * Where a REQ or REP stands in its turn of requests and replies.
 */
final class ExchangeFields {

	static final @Nullable ExchangeFields INSTANCE = Capability.open("exchanges", "Requests without a reply",
			ExchangeFields::new);

	private final VarHandle receiving;

	private final VarHandle strict;

	private final VarHandle pipe;

	private final VarHandle sending;

	private ExchangeFields() throws ReflectiveOperationException {
		this.receiving = Capability.field(Req.class, "receivingReply", boolean.class);
		this.strict = Capability.field(Req.class, "strict", boolean.class);
		this.pipe = Capability.field(Req.class, "replyPipe", ValueReference.class);
		this.sending = Capability.field(Rep.class, "sendingReply", boolean.class);
	}

	/**
	 * Whether the socket has its request sent or received, and the reply is still to
	 * come. A REQ that may send again meanwhile does not count.
	 */
	boolean isWithoutReply(SocketBase socket) {
		if (socket instanceof Req) {
			return (boolean) this.receiving.getVolatile(socket) && (boolean) this.strict.getVolatile(socket);
		}
		return socket instanceof Rep && (boolean) this.sending.getVolatile(socket);
	}

	/**
	 * The pipe that the request of a REQ went into, {@code null} once that has ended.
	 */
	@Nullable Pipe pipe(SocketBase socket) {
		return (socket instanceof Req) ? (Pipe) ((ValueReference<?>) this.pipe.getVolatile(socket)).get() : null;
	}

}
