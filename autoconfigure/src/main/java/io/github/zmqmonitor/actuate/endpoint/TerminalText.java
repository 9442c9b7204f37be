package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.support.Words;

/**
 * Text for terminals: what could move the cursor or turn the direction of writing is
 * replaced, and widths are those of columns.
 */
final class TerminalText {

	/** How many columns there are. */
	static final int WIDTH = 120;

	private static final String CUT = "…";

	/**
	 * First and last of the characters that take two columns, by Unicode's classes W and
	 * F.
	 */
	private static final int[][] WIDE = { { 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x2329, 0x232A },
			{ 0x23E9, 0x23EC }, { 0x23F0, 0x23F0 }, { 0x23F3, 0x23F3 }, { 0x25FD, 0x25FE }, { 0x2614, 0x2615 },
			{ 0x2648, 0x2653 }, { 0x267F, 0x267F }, { 0x2693, 0x2693 }, { 0x26A1, 0x26A1 }, { 0x26AA, 0x26AB },
			{ 0x26BD, 0x26BE }, { 0x26C4, 0x26C5 }, { 0x26CE, 0x26CE }, { 0x26D4, 0x26D4 }, { 0x26EA, 0x26EA },
			{ 0x26F2, 0x26F3 }, { 0x26F5, 0x26F5 }, { 0x26FA, 0x26FA }, { 0x26FD, 0x26FD }, { 0x2705, 0x2705 },
			{ 0x270A, 0x270B }, { 0x2728, 0x2728 }, { 0x274C, 0x274C }, { 0x274E, 0x274E }, { 0x2753, 0x2755 },
			{ 0x2757, 0x2757 }, { 0x2795, 0x2797 }, { 0x27B0, 0x27B0 }, { 0x27BF, 0x27BF }, { 0x2B1B, 0x2B1C },
			{ 0x2B50, 0x2B50 }, { 0x2B55, 0x2B55 }, { 0x2E80, 0x303E }, { 0x3041, 0x4DBF }, { 0x4E00, 0xA4CF },
			{ 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE6F },
			{ 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x16FE0, 0x18DFF }, { 0x1AFF0, 0x1B2FF }, { 0x1F004, 0x1F004 },
			{ 0x1F0CF, 0x1F0CF }, { 0x1F18E, 0x1F18E }, { 0x1F191, 0x1F19A }, { 0x1F200, 0x1F320 },
			{ 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C }, { 0x1F37E, 0x1F393 }, { 0x1F3A0, 0x1F3CA },
			{ 0x1F3CF, 0x1F3D3 }, { 0x1F3E0, 0x1F3F0 }, { 0x1F3F4, 0x1F3F4 }, { 0x1F3F8, 0x1F43E },
			{ 0x1F440, 0x1F440 }, { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D }, { 0x1F54B, 0x1F567 },
			{ 0x1F595, 0x1F596 }, { 0x1F5A4, 0x1F5A4 }, { 0x1F5FB, 0x1F64F }, { 0x1F680, 0x1F6C5 },
			{ 0x1F6CC, 0x1F6CC }, { 0x1F6D0, 0x1F6D2 }, { 0x1F6D5, 0x1F6DF }, { 0x1F6EB, 0x1F6FC },
			{ 0x1F7E0, 0x1F7F0 }, { 0x1F90C, 0x1F9FF }, { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD } };

	private TerminalText() {
	}

	/**
	 * How many columns a printable text takes.
	 */
	static int width(String text) {
		return text.codePoints().map(TerminalText::width).sum();
	}

	private static int width(int character) {
		if (character < 0x300) {
			return 1;
		}
		int type = Character.getType(character);
		if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
			return 0;
		}
		for (int[] range : WIDE) {
			if (character <= range[1]) {
				return (character >= range[0]) ? 2 : 1;
			}
		}
		return 1;
	}

	/**
	 * Cut a text in its middle: of a name or an endpoint the end says as much as the
	 * beginning.
	 */
	static String cut(String text, int width) {
		int all = width(text);
		if (all <= width) {
			return text;
		}
		int tail = (width - 1) / 2;
		return head(text, width - 1 - tail) + CUT + text.substring(indexAtOrAfter(text, all - tail));
	}

	private static String head(String text, int width) {
		int index = 0;
		int taken = 0;
		while (index < text.length()) {
			int character = text.codePointAt(index);
			taken += width(character);
			if (taken > width) {
				break;
			}
			index += Character.charCount(character);
		}
		return text.substring(0, index);
	}

	/**
	 * Where a text goes on after this many columns, or more if a character lies across,
	 * and not with a mark that belongs to what was before.
	 */
	private static int indexAtOrAfter(String text, int width) {
		int index = 0;
		int skipped = 0;
		while (index < text.length()) {
			int character = text.codePointAt(index);
			if (skipped >= width && width(character) > 0) {
				break;
			}
			skipped += width(character);
			index += Character.charCount(character);
		}
		return index;
	}

	/**
	 * Fill up a text that is no wider than that.
	 */
	static String align(String text, int width, boolean right) {
		String padding = " ".repeat(width - width(text));
		return right ? padding + text : text + padding;
	}

	/**
	 * Break a text into lines, the first of which begins with a prefix, and the others
	 * with an indent. A word that is wider than a line is cut.
	 */
	static List<String> wrap(String prefix, String text, int indent) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder(prefix);
		int used = width(prefix);
		boolean empty = true;
		for (String word : Words.printable(text).split(" ")) {
			if (!empty && used + width(word) > WIDTH) {
				lines.add(line.toString().stripTrailing());
				line = new StringBuilder(" ".repeat(indent));
				used = indent;
			}
			line.append(word).append(' ');
			used += width(word) + 1;
			empty = false;
		}
		lines.add(line.toString().stripTrailing());
		return lines.stream().map((it) -> cut(it, WIDTH)).toList();
	}

}
