// Codes of a picture, computed on the device: PDQ (how it looks) and SHA-256 (which file it is, to the byte).
// Nothing here asks the network for anything; the picture stays where it is.
// PDQ is written from Facebook's description of it (ThreatExchange, "hashing/hashing.pdf", 2019): luminance, two passes
// of a box filter along rows and columns, 64 x 64 samples, 16 x 16 of their cosine transform, each against the median.

const SIDE = 64;
const DCT = 16;
const SMALLEST = 5;
const MOST_PIXELS = 4e6; // bigger ones are drawn smaller first: the code hardly changes, a cheap phone lives

const waves = new Float64Array(DCT * SIDE);
for (let i = 0; i < DCT; i += 1) {
  for (let j = 0; j < SIDE; j += 1) {
    waves[i * SIDE + j] = Math.sqrt(2 / SIDE) * Math.cos((Math.PI / 2 / SIDE) * (i + 1) * (2 * j + 1));
  }
}

function luminance(rgba) {
  const luma = new Float32Array(rgba.length / 4);
  for (let i = 0, p = 0; i < luma.length; i += 1, p += 4) {
    luma[i] = 0.299 * rgba[p] + 0.587 * rgba[p + 1] + 0.114 * rgba[p + 2];
  }
  return luma;
}

// The mean of up to `wide` neighbours along one line, fewer at its ends.
function box(from, to, start, length, stride, wide) {
  const ahead = Math.floor((wide + 2) / 2) - 1;
  const behind = wide - ahead - 1;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < Math.min(ahead, length); i += 1, count += 1) sum += from[start + i * stride];
  for (let i = 0; i < length; i += 1) {
    if (i + ahead < length) {
      sum += from[start + (i + ahead) * stride];
      count += 1;
    }
    if (i - behind - 1 >= 0) {
      sum -= from[start + (i - behind - 1) * stride];
      count -= 1;
    }
    to[start + i * stride] = sum / count;
  }
}

function blurred(luma, width, height) {
  const across = Math.ceil(width / (2 * SIDE));
  const down = Math.ceil(height / (2 * SIDE));
  const other = new Float32Array(luma.length);
  for (let pass = 0; pass < 2; pass += 1) {
    for (let row = 0; row < height; row += 1) box(luma, other, row * width, width, 1, across);
    for (let column = 0; column < width; column += 1) box(other, luma, column, height, width, down);
  }
  return luma;
}

function sampled(luma, width, height) {
  const out = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < SIDE; i += 1) {
    const row = Math.floor(((i + 0.5) * height) / SIDE);
    for (let j = 0; j < SIDE; j += 1) out[i * SIDE + j] = luma[row * width + Math.floor(((j + 0.5) * width) / SIDE)];
  }
  return out;
}

// How much there is to see, 0 to 100: a flat picture has a code that means nothing.
function qualityOf(samples) {
  let steps = 0;
  const step = (a, b) => Math.abs(Math.trunc(((samples[a] - samples[b]) * 100) / 255));
  for (let i = 0; i < SIDE; i += 1) {
    for (let j = 0; j < SIDE; j += 1) {
      if (i < SIDE - 1) steps += step(i * SIDE + j, (i + 1) * SIDE + j);
      if (j < SIDE - 1) steps += step(i * SIDE + j, i * SIDE + j + 1);
    }
  }
  return Math.min(100, Math.trunc(steps / 90));
}

function transformed(samples) {
  const half = new Float64Array(DCT * SIDE);
  const out = new Float64Array(DCT * DCT);
  for (let i = 0; i < DCT; i += 1) {
    for (let k = 0; k < SIDE; k += 1) {
      const wave = waves[i * SIDE + k];
      for (let j = 0; j < SIDE; j += 1) half[i * SIDE + j] += wave * samples[k * SIDE + j];
    }
  }
  for (let i = 0; i < DCT; i += 1) {
    for (let j = 0; j < DCT; j += 1) {
      let sum = 0;
      for (let k = 0; k < SIDE; k += 1) sum += half[i * SIDE + k] * waves[j * SIDE + k];
      out[i * DCT + j] = sum;
    }
  }
  return out;
}

function written(numbers) {
  const median = Float64Array.from(numbers).sort()[numbers.length / 2 - 1];
  let hex = "";
  for (let i = DCT - 1; i >= 0; i -= 1) {
    let word = 0;
    for (let j = 0; j < DCT; j += 1) if (numbers[i * DCT + j] > median) word |= 1 << j;
    hex += word.toString(16).padStart(4, "0");
  }
  return hex;
}

// PDQ of pixels as a canvas gives them: {hash: 64 hex digits or "", quality: 0 to 100}.
export function pdqOfPixels(rgba, width, height) {
  if (width < SMALLEST || height < SMALLEST) return { hash: "", quality: 0 };
  const samples = sampled(blurred(luminance(rgba), width, height), width, height);
  return { hash: written(transformed(samples)), quality: qualityOf(samples) };
}

function canvasOf(width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, width, height);
  return brush;
}

// Some browsers blur what a page reads from a canvas, to hide whose device it is: then there is no honest PDQ.
function tellsTruth(brush) {
  brush.fillStyle = "#5f7fbf";
  brush.fillRect(0, 0, 16, 16);
  const read = brush.getImageData(0, 0, 16, 16).data;
  return read.every((value, place) => value === [0x5f, 0x7f, 0xbf, 255][place % 4]);
}

async function pdqOfFile(file) {
  try {
    const picture = await createImageBitmap(file);
    const share = Math.min(1, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)));
    const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
    if (!tellsTruth(canvasOf(16, 16))) return { hash: "", quality: 0 };
    const brush = canvasOf(width, height);
    brush.imageSmoothingQuality = "high";
    brush.drawImage(picture, 0, 0, width, height);
    picture.close();
    return pdqOfPixels(brush.getImageData(0, 0, width, height).data, width, height);
  } catch {
    return { hash: "", quality: 0 }; // a video, or a picture this browser cannot draw: SHA-256 is left
  }
}

async function sha256OfFile(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// {sha256, pdq, quality} of a file the person chose; rejects when the file cannot be read.
export async function hashFile(file) {
  const sha256 = await sha256OfFile(file);
  const { hash, quality } = await pdqOfFile(file);
  return { sha256, pdq: hash, quality };
}
