package io.github.zmqmonitor.internal.jeromq;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contexts that nobody has seen are told by their threads, which outlive them by a
 * moment.
 */
class KnownContextsTests {

	private static final int CONTEXTS = 200;

	@Test
	void aContextThatHasJustBeenClosedIsNotUnseen() {
		int before = KnownContexts.unseen();
		for (int i = 0; i < CONTEXTS; i++) {
			try (ZContext context = new ZContext()) {
				KnownContexts.add(context.createSocket(SocketType.PAIR).base().getCtx());
				assertThat(KnownContexts.unseen()).isLessThanOrEqualTo(before);
			}
			assertThat(KnownContexts.unseen()).isLessThanOrEqualTo(before);
		}
	}

	@Test
	void aContextThatNobodyHasToldOfIsUnseen() {
		int before = KnownContexts.unseen();
		try (ZContext context = new ZContext()) {
			zmq.Ctx base = context.createSocket(SocketType.PAIR).base().getCtx();
			if (!InstrumentedSockets.isInstalled()) {
				assertThat(KnownContexts.unseen()).isEqualTo(before + 1);
			}
			KnownContexts.add(base);
			assertThat(KnownContexts.unseen()).isEqualTo(before);
		}
	}

}
