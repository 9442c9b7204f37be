package io.github.zmqmonitor.internal.libzmq;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Heartbeat;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Refused;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Source;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.model.ZmqEventType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * All sources: they come with their first message, and go with their monitor or with
 * their silence. Used by the receiver's thread alone.
 */
final class NativeSources {

	private static final Log logger = LogFactory.getLog(ZmqNativeReceiver.class);

	private static final int MAXIMUM_CONNECTIONS = 100_000;

	private static final Duration WARNING = Duration.ofMinutes(1);

	private final SocketRegistry registry;

	private final ZmqNativeSettings settings;

	private final ZmqNativeStatistics statistics;

	private final MessageDecoder decoder;

	private final Map<Integer, String> errors = ErrorNumbers.here();

	private final Map<Source, NativeSource> sources = new HashMap<>();

	private int connections;

	private long warnedAt;

	private boolean warned;

	NativeSources(SocketRegistry registry, ZmqNativeSettings settings, ZmqNativeStatistics statistics) {
		this.registry = registry;
		this.settings = settings;
		this.statistics = statistics;
		this.decoder = new MessageDecoder(settings.byteOrder());
	}

	int size() {
		return this.sources.size();
	}

	/** Take a message, whatever it is. */
	void take(List<byte[]> frames, long now) {
		try {
			ForwardedMessage message = this.decoder.decode(frames);
			if (message instanceof Event event) {
				take(event, now);
			}
			else if (message instanceof Heartbeat heartbeat) {
				take(heartbeat, now);
			}
			else if (message instanceof Refused refused) {
				refuse(refused.reason(), (refused.source() != null) ? this.sources.get(refused.source()) : null);
			}
		}
		catch (RuntimeException ex) {
			this.statistics.reject(ZmqNativeRejection.FAILURE);
			logger.debug("A forwarded message failed", ex);
		}
	}

	private void take(Event event, long now) {
		NativeSource source = find(event.source(), null, now);
		if (source == null) {
			return;
		}
		if (event.type() == ZmqEventType.MONITOR_STOPPED) {
			source.record(event);
			this.connections -= source.connections();
			this.sources.remove(event.source());
			source.socket().end();
			return;
		}
		boolean opens = event.type() == ZmqEventType.ACCEPTED || event.type() == ZmqEventType.CONNECTED;
		if (opens && this.connections >= MAXIMUM_CONNECTIONS) {
			refuse(ZmqNativeRejection.CONNECTIONS, source);
			return;
		}
		source.counted();
		if (source.isFromBefore(event)) {
			incomplete(event.source(), source, "has a listener from before its monitor", now);
		}
		this.connections -= source.connections();
		source.record(event);
		this.connections += source.connections();
	}

	private void take(Heartbeat heartbeat, long now) {
		NativeSource source = find(heartbeat.source(), heartbeat.instance(), now);
		if (source == null || heartbeat.instance() == null) {
			return;
		}
		long missing = source.compare(heartbeat.instance(), heartbeat.events());
		if (missing > 0) {
			this.statistics.miss(missing);
			incomplete(heartbeat.source(), source, "has sent events that did not arrive", now);
		}
	}

	/** A refused event can have been the end or the begin of a connection. */
	private void refuse(ZmqNativeRejection reason, @Nullable NativeSource source) {
		this.statistics.reject(reason);
		if (source != null && reason != ZmqNativeRejection.HEARTBEAT) {
			source.counted();
			if (reason != ZmqNativeRejection.EVENT) {
				source.markIncomplete();
			}
		}
	}

	private void incomplete(Source key, NativeSource source, String why, long now) {
		if (source.markIncomplete() && (!this.warned || now - this.warnedAt >= WARNING.toNanos())) {
			this.warned = true;
			this.warnedAt = now;
			logger.warn("Native socket " + key + " " + why + "; its number of connections is not known");
		}
	}

	private @Nullable NativeSource find(Source key, @Nullable String instance, long now) {
		NativeSource source = this.sources.get(key);
		if (source != null && source.isOther(instance)) {
			lose(source);
			this.sources.remove(key);
			lost("Native socket " + key
					+ " began anew without having been closed: its process crashed, or ended without" + " closing it");
			source = null;
		}
		if (source == null) {
			if (this.sources.size() >= this.settings.maxSources()) {
				this.statistics.reject(ZmqNativeRejection.SOURCES);
				return null;
			}
			source = new NativeSource(NativeSocket.follow(this.registry, key.name(), key.type(), this.errors),
					instance);
			this.sources.put(key, source);
		}
		source.heard(now);
		return source;
	}

	static String silent(Source key, Duration timeout) {
		return "Native socket " + key + " has been silent for " + timeout.toSeconds()
				+ " s and is taken off: its process crashed, hangs, or ended without closing it";
	}

	private void lost(String line) {
		this.statistics.lose();
		logger.warn(line);
	}

	private void lose(NativeSource source) {
		this.connections -= source.connections();
		source.socket().lose();
	}

	/** Look for sources that have fallen silent. */
	void sweep(long now) {
		long silent = now - this.settings.sourceTimeout().toNanos();
		for (Iterator<Map.Entry<Source, NativeSource>> entries = this.sources.entrySet().iterator(); entries
			.hasNext();) {
			Map.Entry<Source, NativeSource> entry = entries.next();
			NativeSource source = entry.getValue();
			source.forgetEarly();
			if (source.isSilentSince(silent)) {
				entries.remove();
				lose(source);
				lost(silent(entry.getKey(), this.settings.sourceTimeout()));
			}
		}
	}

	/** Nobody listens any more. */
	void loseAll() {
		this.sources.values().forEach(this::lose);
		this.sources.clear();
	}

}
