package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;
import zmq.Ctx;
import zmq.poll.Poller;

/**
 * The thread that each context has from its first socket to its end.
 */
final class ThreadFields {

	static final @Nullable ThreadFields INSTANCE = Capability.open("threads", "Threads of contexts", ThreadFields::new);

	private final VarHandle reaper;

	private final VarHandle poller;

	private final VarHandle worker;

	private ThreadFields() throws ReflectiveOperationException {
		Class<?> type = Class.forName("zmq.Reaper", false, Ctx.class.getClassLoader());
		this.reaper = Capability.field(Ctx.class, "reaper", type);
		this.poller = Capability.field(type, "poller", Poller.class);
		this.worker = Capability.field(Poller.class.getSuperclass(), "worker", Thread.class);
	}

	@Nullable Thread reaper(Ctx context) {
		Object reaper = this.reaper.getVolatile(context);
		Object poller = (reaper != null) ? this.poller.getVolatile(reaper) : null;
		return (poller != null) ? (Thread) this.worker.getVolatile(poller) : null;
	}

}
