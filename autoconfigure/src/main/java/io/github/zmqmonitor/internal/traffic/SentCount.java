package io.github.zmqmonitor.internal.traffic;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What had been sent to a subscriber at one moment: between two numbers.
 */
final class SentCount {

	final long least;

	long most;

	/** How many messages had come from the subscriber. */
	long heard;

	List<String> topics = List.of();

	/** How many messages it has missed since, as far as is known. */
	long missed;

	SentCount(long least) {
		this.least = least;
	}

	boolean heardNothingUntil(@Nullable SentCount now) {
		return now != null && now.heard == this.heard;
	}

	/**
	 * What a subscriber has subscribed to.
	 *
	 * @param names the topics
	 * @param heard how many messages had come from the subscriber, which may have changed
	 * them
	 */
	record Topics(List<String> names, long heard) {

	}

}
