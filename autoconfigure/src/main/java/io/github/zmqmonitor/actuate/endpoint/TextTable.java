package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.support.Words;

/**
 * A table for terminals. Columns are as wide as what is in them; where that is more than
 * the terminal has, those that may be cut are cut, the widest first, in their middle.
 */
final class TextTable {

	private final List<Column> columns;

	private final List<List<String>> rows = new ArrayList<>();

	TextTable(List<Column> columns) {
		this.columns = columns;
		add(columns.stream().map(Column::title).toList());
	}

	void add(List<String> cells) {
		this.rows.add(cells.stream().map(Words::printable).toList());
	}

	void appendTo(StringBuilder text) {
		int[] widths = widths();
		for (List<String> row : this.rows) {
			List<String> cells = new ArrayList<>();
			for (int i = 0; i < widths.length; i++) {
				cells.add(TerminalText.align(TerminalText.cut(row.get(i), widths[i]), widths[i],
						this.columns.get(i).right()));
			}
			text.append(String.join(" ", cells).stripTrailing()).append('\n');
		}
	}

	private int[] widths() {
		int[] widths = new int[this.columns.size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
			}
		}
		int excess = widths.length - 1 - TerminalText.WIDTH;
		for (int width : widths) {
			excess += width;
		}
		for (; excess > 0; excess--) {
			widths[widestToCut(widths)]--;
		}
		return widths;
	}

	private int widestToCut(int[] widths) {
		int widest = -1;
		for (int i = 0; i < widths.length; i++) {
			if (this.columns.get(i).cuttable() && (widest < 0 || widths[i] > widths[widest])) {
				widest = i;
			}
		}
		return widest;
	}

	/**
	 * A column.
	 *
	 * @param title the title
	 * @param right whether it is aligned to the right
	 * @param cuttable whether it may be cut
	 */
	record Column(String title, boolean right, boolean cuttable) {

		static Column text(String title) {
			return new Column(title, false, false);
		}

		static Column number(String title) {
			return new Column(title, true, false);
		}

		static Column cuttable(String title) {
			return new Column(title, false, true);
		}

	}

}
