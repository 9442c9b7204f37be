package io.github.zmqmonitor.autoconfigure;

import java.util.Map;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.internal.beans.ContextProxy;
import io.github.zmqmonitor.internal.jeromq.ClassPreloading;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.internal.libzmq.NativeSocket;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.util.ClassUtils;

/**
 * Loads what monitoring needs while the application starts, on the thread that Spring
 * Boot has for it.
 */
class ZmqMonitorPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		ClassLoader classLoader = getClass().getClassLoader();
		// ahead-of-time processing has to see the class of the proxy being made
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				|| !ClassUtils.isPresent("zmq.ZMQ$EventConsummer", classLoader)) {
			return;
		}
		ClassPreloading.ensureDone();
		new ZmqEventLogger();
		if (InstrumentedSockets.isInstalled()) {
			// no proxy is made, and a monitor would take sockets for its own
			return;
		}
		ContextProxy.typeOf(ZContext.class, classLoader);
		if (ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", classLoader)) {
			Meters.preload();
		}
	}

	/**
	 * Plays what meters of a server and of a client are made for.
	 */
	private static final class Meters {

		private static void preload() {
			try (ZmqMonitor monitor = new ZmqMonitor(); ZmqMetrics metrics = new ZmqMetrics(monitor)) {
				metrics.bindTo(new CompositeMeterRegistry());
				NativeSocket socket = NativeSocket.follow(monitor.registry(), "preloading", "PAIR", Map.of());
				socket.record(ZmqEventType.HANDSHAKE_PROTOCOL, "tcp://127.0.0.1:0", 3);
				socket.record(ZmqEventType.CONNECT_RETRIED, "tcp://127.0.0.1:1", 100);
				socket.end();
			}
		}

	}

}
