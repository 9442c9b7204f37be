package io.github.zmqmonitor.internal.jeromq;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.traffic.MissedMessages;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.PipeSource;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.internal.walk.SubscriptionPicture;
import io.github.zmqmonitor.internal.walk.SubscriptionPicture.PeerTopics;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * The subscribers of a PUB or XPUB in this JVM.
 *
 * @param base the socket
 * @param source reads its pipes
 */
record JvmSubscribers(SocketBase base, PipeSource source) implements MissedMessages.Subscribers {

	/** What tells bytes in hexadecimal from the same letters as text is lost. */
	private static final Pattern AMBIGUOUS = Pattern.compile("(?:[0-9a-f]{2})+|.*…");

	/**
	 * The subscribers. Where the application itself decides who gets what, they can't be
	 * compared.
	 */
	@Override
	public Object @Nullable [] pipes() {
		return SocketWalk.isManual(this.base) ? null : this.source.pipes();
	}

	@Override
	public PipeCounts counts(Object pipe) {
		return this.source.counts(pipe);
	}

	@Override
	public @Nullable Function<Object, @Nullable List<String>> topics() {
		SubscriptionPicture picture = SocketWalk.glanceAtSubscriptions(this.base);
		return (picture != null && picture.peers() != null) ? (pipe) -> names(picture.of(pipe)) : null;
	}

	private static @Nullable List<String> names(@Nullable PeerTopics topics) {
		return (topics != null && topics.omitted() == 0
				&& topics.listed().stream().noneMatch((name) -> AMBIGUOUS.matcher(name).matches())) ? topics.listed()
						: null;
	}

	@Override
	public boolean isActive(Object pipe) {
		return SocketWalk.isActive((Pipe) pipe);
	}

}
