package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines over a logarithmic axis, as a small SVG.
 */
final class Plot {

	private static final int WIDTH = 640;

	private static final int HEIGHT = 320;

	private static final int LEFT = 60;

	private static final int TOP = 40;

	private static final int RIGHT = 20;

	private static final int BOTTOM = 140;

	private static final List<String> COLORS = List.of("#0969da", "#1a7f37", "#8250df", "#9a6700", "#cf222e",
			"#57606a");

	private static final int STEPS = 5;

	private final List<String> names = new ArrayList<>();

	private final List<Map<Integer, Double>> lines = new ArrayList<>();

	private final String title;

	private final String xTitle;

	private final String unit;

	Plot(String title, String xTitle, String unit) {
		this.title = title;
		this.xTitle = xTitle;
		this.unit = unit;
	}

	void line(String name, Map<Integer, Double> points) {
		this.names.add(name);
		this.lines.add(points);
	}

	String svg() {
		StringBuilder svg = new StringBuilder();
		svg.append(Report.format(
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
						+ " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
				WIDTH, HEIGHT + BOTTOM - 30));
		text(svg, WIDTH / 2, 20, "middle", this.title);
		double top = top();
		for (int i = 0; i <= STEPS; i++) {
			double value = top * i / STEPS;
			double y = y(value, top);
			svg.append(Report.format("<path d=\"M%d %.1fH%d\" stroke=\"#d0d7de\"/>%n", LEFT, y, WIDTH - RIGHT));
			text(svg, LEFT - 6, y + 4, "end", Report.format("%.0f %s", value, this.unit));
		}
		for (int decade = 0; decade <= decades(); decade++) {
			int number = (int) Math.pow(10, decade);
			text(svg, x(number), y(0, top) + 18, "middle", Report.format("%,d", number));
		}
		text(svg, (LEFT + WIDTH - RIGHT) / 2.0, y(0, top) + 36, "middle", this.xTitle);
		for (int i = 0; i < this.lines.size(); i++) {
			appendLine(svg, i, top);
		}
		return svg.append("</svg>\n").toString();
	}

	private void appendLine(StringBuilder svg, int index, double top) {
		StringBuilder points = new StringBuilder();
		this.lines.get(index)
			.forEach((number, value) -> points.append(Report.format("%.1f,%.1f ", x(number), y(value, top))));
		String color = COLORS.get(index % COLORS.size());
		svg.append(Report.format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
				points.toString().strip(), color));
		double y = y(0, top) + 56 + 16 * index;
		svg.append(Report.format("<path d=\"M%d %.1fh24\" stroke=\"%s\" stroke-width=\"2\"/>%n", LEFT, y - 4, color));
		text(svg, LEFT + 32, y, "start", this.names.get(index));
	}

	private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
		svg.append(Report.format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#1f2328\">%s</text>%n", x, y,
				anchor, text));
	}

	private double top() {
		double highest = this.lines.stream()
			.flatMap((points) -> points.values().stream())
			.mapToDouble(Double::doubleValue)
			.max()
			.orElse(1);
		double step = Math.pow(10, Math.floor(Math.log10(highest)));
		return Math.ceil(highest / step) * step;
	}

	private int decades() {
		int highest = this.lines.stream()
			.flatMap((points) -> points.keySet().stream())
			.mapToInt(Integer::intValue)
			.max()
			.orElse(1);
		return Math.max(1, (int) Math.ceil(Math.log10(highest)));
	}

	private double x(int number) {
		return LEFT + 20 + Math.log10(number) / decades() * (WIDTH - LEFT - RIGHT - 40);
	}

	private double y(double value, double top) {
		return HEIGHT - 40 - value / top * (HEIGHT - 40 - TOP);
	}

}
