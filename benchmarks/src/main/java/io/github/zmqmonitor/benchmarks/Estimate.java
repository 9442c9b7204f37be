package io.github.zmqmonitor.benchmarks;

import java.util.Arrays;

/**
 * The median of some measurements, and the interval that it is in with a probability of
 * 95 %, whatever their distribution: from the order of the measurements alone.
 *
 * @param median the median
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
record Estimate(double median, double low, double high) {

	private static final double NORMAL_95 = 1.96;

	static Estimate of(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int count = sorted.length;
		double spread = NORMAL_95 * Math.sqrt(count) / 2;
		int low = (int) Math.max(0, Math.floor(count / 2.0 - spread));
		int high = (int) Math.min(count - 1, Math.ceil(count / 2.0 + spread));
		double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
		return new Estimate(median, sorted[low], sorted[high]);
	}

	/**
	 * The ratios of measurements that were taken together.
	 */
	static Estimate ofRatios(double[] values, double[] base) {
		double[] ratios = new double[values.length];
		for (int i = 0; i < values.length; i++) {
			ratios[i] = values[i] / base[i];
		}
		return of(ratios);
	}

	/**
	 * The differences of measurements that were taken together.
	 */
	static Estimate ofDifferences(double[] values, double[] base) {
		double[] differences = new double[values.length];
		for (int i = 0; i < values.length; i++) {
			differences[i] = values[i] - base[i];
		}
		return of(differences);
	}

	String text(int digits) {
		String number = "%." + digits + "f";
		return Report.format(number + " (" + number + " - " + number + ")", this.median, this.low, this.high);
	}

}
