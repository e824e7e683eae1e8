// Shows the values under the pointer. The report is whole without it.
for (const plot of document.querySelectorAll('svg[data-points]')) {
  const points = plot.dataset.points.split(';').map(point => point.split('|'));
  const cursor = plot.querySelector('.cursor');
  const tip = document.createElement('div');
  tip.className = 'tip';
  plot.parentNode.appendChild(tip);
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    const x = (event.clientX - box.left) * plot.viewBox.baseVal.width / box.width;
    const near = points.reduce((a, b) => Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a);
    cursor.setAttribute('x1', near[0]);
    cursor.setAttribute('x2', near[0]);
    tip.textContent = near.slice(1).filter(text => text).join('\n');
    tip.style.display = 'block';
    const left = near[0] * box.width / plot.viewBox.baseVal.width + plot.offsetLeft;
    const right = left + tip.offsetWidth + 26 > plot.parentNode.clientWidth;
    tip.style.left = (right ? left - tip.offsetWidth - 12 : left + 28) + 'px';
    tip.style.top = event.clientY - plot.parentNode.getBoundingClientRect().top - 10 + 'px';
  });
  plot.addEventListener('pointerleave', () => {
    tip.style.display = 'none';
    cursor.setAttribute('x1', -9);
    cursor.setAttribute('x2', -9);
  });
}
