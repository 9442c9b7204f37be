package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.zmqmonitor.actuate.endpoint.TextTable.Column;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor for terminals of 120 columns: a table with a line an endpoint, and below
 * it what is known beyond that, where one socket was asked for.
 */
final class TextView {

	private static final List<Column> COLUMNS = List.of(Column.cuttable("SOCKET"), Column.text("TYPE"),
			Column.text("ROLE"), Column.cuttable("ENDPOINT"), Column.text("STATE"), Column.number("SINCE"),
			Column.number("CONNS"), Column.number("ACC/RETR"), Column.number("SENT"), Column.number("RECVD"),
			Column.cuttable("LAST ERROR"));

	private static final String UNITS = "kMGTPE";

	private final StringBuilder text = new StringBuilder();

	private final Instant now;

	private TextView(Instant now) {
		this.now = now;
	}

	static String of(ZmqDescriptor descriptor) {
		TextView view = new TextView(Instant.now());
		view.append(descriptor.summary());
		view.appendTable(descriptor);
		descriptor.sockets().forEach(new DetailView(view.text, view.now)::append);
		return view.text.toString();
	}

	private void append(ZmqDescriptor.Summary summary) {
		String states = summary.states()
			.entrySet()
			.stream()
			.map((state) -> state.getValue() + " " + state.getKey())
			.collect(Collectors.joining(", "));
		line("sockets %d, endpoints %d%s, connections %d%s", summary.sockets(), summary.endpoints(),
				states.isEmpty() ? "" : " (" + states + ")", summary.connections(),
				(summary.handshaking() > 0) ? ", handshaking " + summary.handshaking() : "");
		if (summary.contextsUnseen() != null) {
			line("not seen: the sockets of %d more contexts", summary.contextsUnseen());
		}
		line("");
	}

	private void appendTable(ZmqDescriptor descriptor) {
		TextTable table = new TextTable(COLUMNS);
		for (ZmqSocketSnapshot socket : descriptor.sockets()) {
			if (socket.endpoints().isEmpty()) {
				table.add(row(socket, List.of("-", "-", "-", "-", "-", "-"), true, ""));
			}
			boolean first = true;
			for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
				ZmqErrorSnapshot error = endpoint.lastError();
				table.add(row(socket, cells(endpoint), first,
						(error != null) ? error.operation() + ": " + error.error() : ""));
				first = false;
			}
		}
		table.appendTo(this.text);
	}

	private static List<String> row(ZmqSocketSnapshot socket, List<String> endpoint, boolean first, String error) {
		ZmqMessages messages = first ? socket.messages() : null;
		List<String> cells = new ArrayList<>(List.of(socket.name(), socket.type()));
		cells.addAll(endpoint);
		cells.add(number((messages != null) ? messages.sent() : null));
		cells.add(number((messages != null) ? messages.received() : null));
		cells.add(error);
		return cells;
	}

	private List<String> cells(ZmqEndpointSnapshot endpoint) {
		Long count = (endpoint.role() == ZmqEndpointRole.BIND) ? endpoint.accepted() : endpoint.retries();
		return List.of(endpoint.role().id(), endpoint.endpoint(), endpoint.state().id(),
				age(endpoint.since(), this.now), number(endpoint.connections()), number(count));
	}

	private void line(String format, @Nullable Object... values) {
		line(this.text, format, values);
	}

	static void line(StringBuilder text, String format, @Nullable Object... values) {
		String line = String.format(Locale.ROOT, format, values).stripTrailing();
		text.append(TextTable.cut(TextTable.printable(line), TextTable.WIDTH)).append('\n');
	}

	/**
	 * A number in at most five characters.
	 */
	static String number(@Nullable Number number) {
		if (number == null) {
			return "-";
		}
		double value = number.doubleValue();
		if (value < 100_000) {
			return Objects.toString(number);
		}
		int unit = -1;
		while (value >= 999.5) {
			value /= 1000;
			unit++;
		}
		return String.format(Locale.ROOT, (value < 10) ? "%.2f%c" : (value < 100) ? "%.1f%c" : "%.0f%c", value,
				UNITS.charAt(unit));
	}

	static String age(@Nullable Instant since, Instant now) {
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

}
