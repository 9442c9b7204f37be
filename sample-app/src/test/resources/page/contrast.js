// The lines of text on the page whose contrast against what is behind them is below 4.5.
const luminance = (colour) => {
	const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const parse = (colour) => {
	const parts = (colour.match(/[\d.]+/g) ?? []).map(Number);
	return parts.length < 3 || parts[3] === 0 ? null : parts.slice(0, 3);
};
const behind = (element) => {
	for (let at = element; at; at = at.parentElement) {
		const box = at.matches('.card') ? at.querySelector('.box') : null;
		const colour = parse(box ? getComputedStyle(box).fill : getComputedStyle(at).backgroundColor);
		if (colour) {
			return colour;
		}
	}
	return null;
};
const bad = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
	const element = walker.currentNode.parentElement;
	const words = walker.currentNode.data.trim();
	if (!words || !element.checkVisibility({ checkVisibilityCSS: true }) || element.closest('title, noscript, .visually-hidden')) {
		continue;
	}
	const style = getComputedStyle(element);
	const text = luminance(parse(element.namespaceURI.endsWith('svg') ? style.fill : style.color));
	const back = luminance(behind(element));
	const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
	let opacity = 1;
	for (let at = element; at; at = at.parentElement) {
		opacity *= Number(getComputedStyle(at).opacity);
	}
	if (contrast < 4.5 || opacity < 1) {
		bad.push(`${words} ${contrast.toFixed(2)} ${opacity}`);
	}
}
return bad;
