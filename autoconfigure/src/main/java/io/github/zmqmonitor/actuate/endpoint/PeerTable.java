package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.zmqmonitor.actuate.endpoint.TextTable.Column;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;

/**
 * All peers in one table, the slowest first.
 */
final class PeerTable {

	/** How many peers have a line. */
	static final int LISTED = 1000;

	private final Instant now;

	private final List<PeerRow> rows = new ArrayList<>();

	private long omitted;

	private boolean hidden;

	/**
	 * A text with all peers of a descriptor.
	 */
	static String of(ZmqDescriptor descriptor, Instant now) {
		StringBuilder text = new StringBuilder();
		TextView.summary(descriptor.summary()).forEach((line) -> text.append(line).append('\n'));
		text.append('\n');
		new PeerTable(descriptor.sockets(), now).appendTo(text);
		return text.toString();
	}

	private PeerTable(List<ZmqSocketSnapshot> sockets, Instant now) {
		this.now = now;
		Set<String> shared = TextRows.sharedNames(sockets);
		for (ZmqSocketSnapshot socket : sockets) {
			String name = shared.contains(socket.name()) ? socket.name() + " (" + socket.id() + ")" : socket.name();
			socket.endpoints().forEach((endpoint) -> add(name, endpoint));
		}
		this.rows.sort(PeerOrder.at(now));
		this.omitted += Math.max(0, this.rows.size() - LISTED);
	}

	private void add(String name, ZmqEndpointSnapshot endpoint) {
		if (endpoint.peers() == null) {
			this.hidden |= endpoint.connections() != null;
			return;
		}
		endpoint.peers().forEach((peer) -> this.rows.add(new PeerRow(name, peer)));
		this.omitted += (endpoint.peersOmitted() != null) ? endpoint.peersOmitted() : 0;
	}

	private void appendTo(StringBuilder text) {
		if (this.hidden) {
			text.append("you may not see peers: management.endpoint.zmq.show-peers\n");
			return;
		}
		boolean users = this.rows.stream().anyMatch(PeerRow::hasUser);
		boolean drops = this.rows.stream().anyMatch((row) -> row.dropped() > 0);
		TextTable table = new TextTable(columns(users, drops));
		this.rows.stream().limit(LISTED).forEach((row) -> table.add(row.cells(this.now, users, drops)));
		table.appendTo(text);
		if (this.omitted > 0) {
			text.append(String.format(Locale.ROOT, "and %,d more\n", this.omitted));
		}
	}

	private static List<Column> columns(boolean users, boolean drops) {
		List<Column> columns = new ArrayList<>(List.of(Column.cuttable("SOCKET"), Column.cuttable("REMOTE"),
				Column.cuttable("LOCAL"), Column.text("TYPE"), Column.cuttable("IDENTITY")));
		if (users) {
			columns.add(Column.cuttable("USER"));
		}
		columns.addAll(List.of(Column.text("MECH"), Column.text("ZMTP"), Column.text("STATE"), Column.number("SINCE"),
				Column.number("SENT"), Column.number("RECV")));
		if (drops) {
			columns.add(Column.number("DROP"));
		}
		columns.addAll(List.of(Column.number("SENDQ"), Column.number("RECVQ")));
		return columns;
	}

}
