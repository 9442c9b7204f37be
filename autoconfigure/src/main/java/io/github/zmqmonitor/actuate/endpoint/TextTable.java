package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table for terminals. Columns are as wide as what is in them; where that is more than
 * the terminal has, those that may be cut are cut, the widest first, in their middle: of
 * a name or an endpoint the end says as much as the beginning.
 */
final class TextTable {

	static final int WIDTH = 120;

	private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

	private static final String CUT = "…";

	private final List<Column> columns;

	private final List<List<String>> rows = new ArrayList<>();

	TextTable(List<Column> columns) {
		this.columns = columns;
		add(columns.stream().map(Column::title).toList());
	}

	void add(List<String> cells) {
		this.rows.add(cells.stream().map(TextTable::printable).toList());
	}

	void appendTo(StringBuilder text) {
		int[] widths = widths();
		for (List<String> row : this.rows) {
			List<String> cells = new ArrayList<>();
			for (int i = 0; i < widths.length; i++) {
				cells.add(align(cut(row.get(i), widths[i]), widths[i], this.columns.get(i).right()));
			}
			text.append(String.join(" ", cells).stripTrailing()).append('\n');
		}
	}

	private int[] widths() {
		int[] widths = new int[this.columns.size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		int excess = widths.length - 1 - WIDTH;
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

	static String printable(String text) {
		return UNPRINTABLE.matcher(text).replaceAll("?");
	}

	/**
	 * Cut a text in its middle.
	 */
	static String cut(String text, int width) {
		if (text.length() <= width) {
			return text;
		}
		int tail = (width - 1) / 2;
		return text.substring(0, width - 1 - tail) + CUT + text.substring(text.length() - tail);
	}

	private static String align(String text, int width, boolean right) {
		String padding = " ".repeat(width - text.length());
		return right ? padding + text : text + padding;
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
