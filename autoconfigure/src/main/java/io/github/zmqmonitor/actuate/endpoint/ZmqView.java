package io.github.zmqmonitor.actuate.endpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the table has lines for.
 */
enum ZmqView {

	/** Endpoints of sockets. */
	ENDPOINTS,

	/** Peers, the slowest first. */
	PEERS;

	/**
	 * The view that is asked for; endpoints unless something else is.
	 */
	static ZmqView of(@Nullable String view) {
		if (view == null || view.isBlank()) {
			return ENDPOINTS;
		}
		return Arrays.stream(values())
			.filter((known) -> known.id().equalsIgnoreCase(view.strip()))
			.findFirst()
			.orElseThrow(() -> new UnknownFilterException("view", ids()));
	}

	private static List<String> ids() {
		return Arrays.stream(values()).map(ZmqView::id).toList();
	}

	private String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
