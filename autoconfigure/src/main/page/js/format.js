// Words and numbers as people read them. What can't be known stays null: it is shown as nothing, never as 0.

const NUMBERS = new Intl.NumberFormat('en-US');

const DURATION = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO-8601 duration, or null. */
export function durationMillis(text) {
	const parts = typeof text === 'string' ? DURATION.exec(text) : null;
	if (!parts) {
		return null;
	}
	const [, sign, days, hours, minutes, seconds] = parts;
	const total = (Number(days ?? 0) * 86400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60
		+ Number(seconds ?? 0)) * 1000;
	return sign ? -total : total;
}

export function seconds(millis) {
	if (millis >= 60_000) {
		return `${Math.floor(millis / 60_000)} min ${Math.round(millis % 60_000 / 1000)} s`;
	}
	return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
}

export function count(value) {
	return NUMBERS.format(value);
}

export function rate(value) {
	return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : count(Math.round(value))}/s`;
}

export function percent(value) {
	return `${Math.round(value * 100)} %`;
}

/** The local time of an instant, with its date unless that is today. */
export function time(instant, millis = false) {
	const date = new Date(instant);
	if (Number.isNaN(date.getTime())) {
		return String(instant);
	}
	const pad = (value, digits = 2) => String(value).padStart(digits, '0');
	const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
		+ (millis ? `.${pad(date.getMilliseconds(), 3)}` : '');
	const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
	return date.toDateString() === new Date().toDateString() || millis ? clock : `${day} ${clock}`;
}

export function plural(number, noun) {
	return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

export const text = (value) => (value === undefined || value === null ? '' : String(value));
