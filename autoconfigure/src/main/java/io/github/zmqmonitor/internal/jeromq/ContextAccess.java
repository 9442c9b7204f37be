package io.github.zmqmonitor.internal.jeromq;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Ctx;

/**
 * Finds JeroMQ's own context behind the one of the application, and its threads.
 */
final class ContextAccess {

	private static final @Nullable VarHandle CTX = open();

	private ContextAccess() {
	}

	private static @Nullable VarHandle open() {
		try {
			return MethodHandles.privateLookupIn(ZMQ.Context.class, MethodHandles.lookup())
				.findVarHandle(ZMQ.Context.class, "ctx", Ctx.class);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * The context, {@code null} if JeroMQ does not let anybody in.
	 */
	static @Nullable Ctx ctx(ZContext context) {
		return ctx(context.getContext());
	}

	static @Nullable Ctx ctx(ZMQ.@Nullable Context context) {
		return (CTX != null && context != null) ? (Ctx) CTX.get(context) : null;
	}

}
