package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;
import zmq.pipe.Pipe;

/**
 * Queues that keep only the last message.
 */
final class ConflateFields {

	private final Class<?> queue;

	private final VarHandle buffer;

	private final VarHandle hasMessage;

	ConflateFields() throws ReflectiveOperationException {
		ClassLoader loader = Pipe.class.getClassLoader();
		this.queue = Class.forName("zmq.pipe.YPipeConflate", false, loader);
		Class<?> dbuffer = Class.forName("zmq.pipe.DBuffer", false, loader);
		this.buffer = Capability.field(this.queue, "dbuffer", dbuffer);
		this.hasMessage = Capability.field(dbuffer, "hasMsg", boolean.class);
	}

	/**
	 * Whether a message waits, {@code null} if this is another kind of queue.
	 */
	@Nullable Boolean holdsMessage(@Nullable Object queue) {
		if (!this.queue.isInstance(queue)) {
			return null;
		}
		return (boolean) this.hasMessage.getVolatile(this.buffer.get(queue));
	}

}
