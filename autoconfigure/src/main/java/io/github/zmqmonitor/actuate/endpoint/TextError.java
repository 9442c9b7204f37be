package io.github.zmqmonitor.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the endpoints of a line, as long as it matters.
 */
final class TextError {

	/** How long an error that may be over is shown. */
	private static final Duration FRESH = Duration.ofMinutes(10);

	private static final Duration BEFORE_OUTAGE = Duration.ofSeconds(1);

	private TextError() {
	}

	/**
	 * The last error that matters and its age, otherwise why there are retries.
	 */
	static String of(List<ZmqEndpointSnapshot> endpoints, Instant now) {
		return endpoints.stream()
			.filter((endpoint) -> matters(endpoint, now))
			.map(ZmqEndpointSnapshot::lastError)
			.filter(Objects::nonNull)
			.max(Comparator.comparing(ZmqErrorSnapshot::at))
			.map((error) -> error.operation() + ": " + error.error() + " " + TextFormat.age(error.at(), now))
			.orElseGet(() -> retryReason(endpoints));
	}

	private static String retryReason(List<ZmqEndpointSnapshot> endpoints) {
		return endpoints.stream()
			.map(ZmqEndpointSnapshot::retryReason)
			.filter(Objects::nonNull)
			.findFirst()
			.map((reason) -> reason.id().replace('_', ' '))
			.orElse("");
	}

	/**
	 * Whether the last error still matters: it belongs to the state or the outage of now,
	 * or is a moment old.
	 */
	private static boolean matters(ZmqEndpointSnapshot endpoint, Instant now) {
		ZmqErrorSnapshot error = endpoint.lastError();
		if (error == null) {
			return false;
		}
		return switch (endpoint.state()) {
			case FAILED, ABANDONED -> true;
			case CLOSED, UNTRACKED -> false;
			case LISTENING, CONNECTED -> isAfter(error, now.minus(FRESH)) && isAfter(error, endpoint.since());
			default ->
				isAfter(error, (endpoint.awaySince() != null) ? endpoint.awaySince().minus(BEFORE_OUTAGE) : null);
		};
	}

	private static boolean isAfter(ZmqErrorSnapshot error, @Nullable Instant time) {
		return time == null || !error.at().isBefore(time);
	}

}
