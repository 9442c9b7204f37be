package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A descriptor as a table for terminals of 120 columns: a line an endpoint.
 */
final class ZmqTextTable {

	private static final List<Column> COLUMNS = List.of(new Column("SOCKET", 18, false), new Column("TYPE", 6, false),
			new Column("ROLE", 7, false), new Column("ENDPOINT", 27, false), new Column("STATE", 12, false),
			new Column("SINCE", 8, true), new Column("CONNS", 5, true), new Column("ACC/RETR", 8, true),
			new Column("LAST ERROR", 20, false));

	private ZmqTextTable() {
	}

	static String of(ZmqDescriptor descriptor) {
		Instant now = Instant.now();
		StringBuilder text = new StringBuilder();
		ZmqDescriptor.Summary summary = descriptor.summary();
		text.append("sockets %d, endpoints %d, connections %d %s\n\n".formatted(summary.sockets(), summary.endpoints(),
				summary.connections(), summary.states()));
		appendLine(text, COLUMNS.stream().map(Column::title).toList());
		for (ZmqDescriptor.Socket socket : descriptor.sockets()) {
			if (socket.endpoints().isEmpty()) {
				appendLine(text, List.of(socket.name(), socket.type(), "-", "-", "-", "-", "-", "-", ""));
			}
			for (ZmqDescriptor.Endpoint endpoint : socket.endpoints()) {
				appendLine(text, row(socket, endpoint, now));
			}
		}
		appendEvents(text, descriptor);
		return text.toString();
	}

	private static List<String> row(ZmqDescriptor.Socket socket, ZmqDescriptor.Endpoint endpoint, Instant now) {
		Long count = "bind".equals(endpoint.role()) ? endpoint.accepted() : endpoint.retries();
		ZmqDescriptor.Error error = endpoint.lastError();
		return List.of(socket.name(), socket.type(), endpoint.role(), endpoint.endpoint(), endpoint.state(),
				age(endpoint.since(), now), number(endpoint.connections()), number(count),
				(error != null) ? error.operation() + ": " + error.error() : "");
	}

	private static void appendEvents(StringBuilder text, ZmqDescriptor descriptor) {
		for (ZmqDescriptor.Socket socket : descriptor.sockets()) {
			if (socket.recentEvents() != null) {
				text.append("\nrecent events of %s\n".formatted(socket.id()));
				for (ZmqDescriptor.Event event : socket.recentEvents()) {
					text.append("%s  %-26s %s %s"
						.formatted(event.at().truncatedTo(ChronoUnit.MILLIS), event.event(),
								Objects.toString(event.address(), ""), Objects.toString(event.value(), ""))
						.stripTrailing()).append('\n');
				}
			}
		}
	}

	private static void appendLine(StringBuilder text, List<String> cells) {
		List<String> padded = new ArrayList<>();
		for (int i = 0; i < cells.size(); i++) {
			padded.add(COLUMNS.get(i).fit(cells.get(i)));
		}
		text.append(String.join(" ", padded).stripTrailing()).append('\n');
	}

	private static String number(@Nullable Number number) {
		return (number != null) ? number.toString() : "-";
	}

	private static String age(@Nullable Instant since, Instant now) {
		if (since == null) {
			return "-";
		}
		long seconds = Math.max(0, ChronoUnit.SECONDS.between(since, now));
		if (seconds < 60) {
			return seconds + "s";
		}
		if (seconds < 3600) {
			return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
		}
		if (seconds < 86400) {
			return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
		}
		return String.format(Locale.ROOT, "%dd%02dh", seconds / 86400, seconds / 3600 % 24);
	}

	private record Column(String title, int width, boolean right) {

		String fit(String cell) {
			String fitting = (cell.length() <= this.width) ? cell : cell.substring(0, this.width - 1) + "…";
			String padding = " ".repeat(this.width - fitting.length());
			return this.right ? padding + fitting : fitting + padding;
		}

	}

}
