package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.zmqmonitor.actuate.endpoint.TextTable.Column;

/**
 * A descriptor for terminals: a table with a line per endpoint, and below it what is
 * known beyond that, where one socket was asked for.
 */
final class TextView {

	private static final List<Column> COLUMNS = List.of(Column.cuttable("SOCKET"), Column.text("TYPE"),
			Column.text("ROLE"), Column.cuttable("ENDPOINT"), Column.text("STATE"), Column.number("SINCE"),
			Column.number("CONN"), Column.number("ACC/R"), Column.number("SENT"), Column.number("RECV"),
			Column.number("QUEUE"), Column.number("IDLE"), Column.cuttable("ERROR"));

	private TextView() {
	}

	static String of(ZmqDescriptor descriptor) {
		return of(descriptor, Instant.now());
	}

	static String of(ZmqDescriptor descriptor, Instant now) {
		StringBuilder text = new StringBuilder();
		summary(descriptor.summary()).forEach((line) -> text.append(line).append('\n'));
		text.append('\n');
		boolean detail = descriptor.sockets().stream().anyMatch((socket) -> socket.recentEvents() != null);
		boolean drops = descriptor.sockets().stream().anyMatch((socket) -> {
			Long dropped = TextDetail.dropped(socket.messages());
			return dropped != null && dropped > 0;
		});
		TextTable table = new TextTable(columns(drops));
		TextRows.of(descriptor.sockets(), !detail).forEach((row) -> table.add(row.cells(now, drops)));
		table.appendTo(text);
		TextDetail details = new TextDetail(text, now);
		descriptor.sockets().forEach(details::append);
		return text.toString();
	}

	/** The columns; that of drops is there only if there are any. */
	private static List<Column> columns(boolean drops) {
		List<Column> columns = new ArrayList<>(COLUMNS);
		if (drops) {
			columns.add(TextRow.DROPPED, Column.number("DROP"));
		}
		return columns;
	}

	static List<String> summary(ZmqDescriptor.Summary summary) {
		String states = summary.states()
			.entrySet()
			.stream()
			.map((state) -> state.getValue() + " " + state.getKey())
			.collect(Collectors.joining(", "));
		String line = "sockets " + summary.sockets() + ", endpoints " + summary.endpoints()
				+ (states.isEmpty() ? "" : " (" + states + ")") + ", connections " + summary.connections()
				+ ((summary.handshaking() > 0) ? ", handshaking " + summary.handshaking() : "");
		String unseen = (summary.contextsUnseen() != null)
				? "\nnot seen: the sockets of " + summary.contextsUnseen() + " more contexts" : "";
		return (line + unseen).lines().flatMap((it) -> TerminalText.wrap("", it, 2).stream()).toList();
	}

}
